package imageservice.builder.oci;

import imageservice.release.Digest;
import org.jspecify.annotations.Nullable;

/// A container image by digest.
///
/// @param repository below the source's prefix, such as `imager`
/// @param tag that named the digest, for messages only
/// @param digest of its index, or of its manifest where it has no index
public record OciImage(String repository, @Nullable String tag, Digest digest) {
  public OciImage {
    OciNames.requireRepository(repository);
    if (tag != null) {
      OciNames.requireTag(tag);
    }
  }

  public static OciImage of(String repository, Digest digest) {
    return new OciImage(repository, null, digest);
  }

  /// `repository:tag@digest`, without the tag where it is not known.
  @Override
  public String toString() {
    return repository + (tag == null ? "" : ":" + tag) + "@" + digest;
  }
}
