package imageservice.builder.oci;

import imageservice.formats.blob.Blob;
import imageservice.release.Digest;

/// The bytes of a manifest or an index as the source has them, checked against their digest.
///
/// @param mediaType what the source says it is, without parameters; empty where it does not say
public record RawManifest(String mediaType, Digest digest, Blob content) {
  /// The most bytes a manifest may have: 4 MiB, what registries accept (OCI distribution
  /// specification, pushing manifests).
  public static final int LIMIT = 4 << 20;
}
