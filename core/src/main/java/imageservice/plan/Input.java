package imageservice.plan;

import imageservice.asset.Architecture;
import imageservice.release.Digest;
import java.util.Optional;

/// A file or image that a plan needs, named by its digest.
public sealed interface Input {
  /// A regular file of a container image.
  ///
  /// @param repository without registry and prefix, such as `imager`
  /// @param image digest of the image's index or manifest; from an index, the builder takes the
  ///   manifest for linux/amd64
  /// @param path in the image's flattened file system, without a leading slash
  record ImageFile(String repository, Digest image, String path) implements Input {}

  /// All regular files below a folder of a container image.
  ///
  /// @param repository without registry and prefix
  /// @param image digest of the image's index or manifest; from an index, the builder takes the
  ///   manifest for linux/amd64
  /// @param path in the image's flattened file system, without slashes at its ends
  record ImageFolder(String repository, Digest image, String path) implements Input {}

  /// The whole flattened file system of a system extension's container image.
  ///
  /// @param name as configurations spell it, such as `siderolabs/gvisor`
  /// @param image digest of the image's index or manifest
  /// @param architecture of the manifest that the builder takes from an index
  /// @param repository where the image is if not below the source's prefix, with its registry, such
  ///   as `ghcr.io/my-org/my-extension`
  record ExtensionImage(
      String name, Digest image, Architecture architecture, Optional<String> repository)
      implements Input {
    /// One below the source's prefix.
    public ExtensionImage(String name, Digest image, Architecture architecture) {
      this(name, image, architecture, Optional.empty());
    }
  }

  /// An installer's base: the manifest, configuration and layers of a container image as they are.
  ///
  /// @param repository without registry and prefix, such as `installer-base`
  /// @param image digest of the image's index or manifest
  /// @param architecture of the manifest that the builder takes from an index
  record BaseImage(String repository, Digest image, Architecture architecture) implements Input {}

  /// The program of an overlay, `installers/<name>` in its container image, and the folder {@link
  /// #ARTIFACTS} there.
  ///
  /// @param name of the overlay
  /// @param repository without registry and prefix
  /// @param image digest of the image's index or manifest
  /// @param architecture of the manifest that the builder takes from an index
  record OverlayImage(String name, String repository, Digest image, Architecture architecture)
      implements Input {
    public static final String ARTIFACTS = "artifacts";

    /// The program's path in the image.
    public String program() {
      return program(name);
    }

    /// The path of an overlay's program in its image.
    static String program(String name) {
      return "installers/" + name;
    }
  }

  /// A container image as its source has it: all manifests, configurations and layers, and what the
  /// source has of its signatures.
  ///
  /// @param repository without registry and prefix, such as `imager`
  /// @param image digest of the image's index or manifest
  record SourceImage(String repository, Digest image) implements Input {}

  /// The GRUB kit: the boot loader files in every ISO with GRUB.
  ///
  /// @param kit digest of the kit's listing, `kit.json`
  record GrubKit(Digest kit) implements Input {}
}
