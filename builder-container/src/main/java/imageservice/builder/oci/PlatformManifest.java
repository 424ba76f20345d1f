package imageservice.builder.oci;

import imageservice.asset.Architecture;
import imageservice.release.Digest;
import java.io.IOException;

/// Finds the manifest of one platform, linux on an architecture, in an image. Where the image's
/// digest is a manifest's, that is the one: images for one architecture are pushed without an
/// index.
public final class PlatformManifest {
  /// Where manifests come from by their digests: the source, or the cache.
  public interface Lookup {
    byte[] manifest(Digest digest) throws IOException;
  }

  private PlatformManifest() {}

  public static Manifest.ImageManifest select(
      OciImage image, Architecture architecture, Lookup lookup) throws IOException {
    String subject = image.toString();
    return switch (ManifestJson.decode(subject, image.digest(), lookup.manifest(image.digest()))) {
      case Manifest.ImageManifest manifest -> manifest;
      case Manifest.ImageIndex index -> {
        Digest chosen = choose(image, architecture, index);
        yield nested(image, chosen, lookup.manifest(chosen));
      }
    };
  }

  private static Digest choose(OciImage image, Architecture architecture, Manifest.ImageIndex index)
      throws SourceException.NoPlatform {
    for (Manifest.Entry entry : index.entries()) {
      if (matches(entry.platform(), architecture)) {
        return entry.descriptor().digest();
      }
    }
    throw new SourceException.NoPlatform(
        image.toString(), "has no image for linux/" + architecture);
  }

  /// `v8` is arm64 and `v1` is amd64 under another name; other variants need newer machines.
  private static boolean matches(Manifest.Platform platform, Architecture architecture) {
    String baseline =
        switch (architecture) {
          case AMD64 -> "v1";
          case ARM64 -> "v8";
        };
    return platform.os().equals("linux")
        && platform.architecture().equals(architecture.toString())
        && (platform.variant().isEmpty() || platform.variant().equals(baseline));
  }

  private static Manifest.ImageManifest nested(OciImage image, Digest digest, byte[] content)
      throws SourceException {
    String subject = image.repository() + "@" + digest;
    return switch (ManifestJson.decode(subject, digest, content)) {
      case Manifest.ImageManifest manifest -> manifest;
      case Manifest.ImageIndex ignored ->
          throw new SourceException.Malformed(subject, "an index within an index", null);
    };
  }
}
