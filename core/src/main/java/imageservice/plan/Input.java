package imageservice.plan;

import imageservice.asset.Architecture;
import imageservice.release.Digest;

/// A thing that a plan needs, named by digest.
public sealed interface Input {
  /// A regular file of a container image.
  ///
  /// @param repository without registry and prefix: `imager`
  /// @param image digest of the image's index or manifest; of an index, the manifest for
  ///   linux/amd64
  /// @param path within the flattened root, without a leading slash
  record ImageFile(String repository, Digest image, String path) implements Input {}

  /// The whole root of a system extension's container image.
  ///
  /// @param name as configurations spell it: `siderolabs/gvisor`
  /// @param image digest of the image's index or manifest
  record ExtensionImage(String name, Digest image, Architecture architecture) implements Input {}

  /// The boot loader files that every ISO with GRUB carries.
  ///
  /// @param kit digest of the kit's listing
  record GrubKit(Digest kit) implements Input {}
}
