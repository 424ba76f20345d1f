package imageservice.builder.oci;

import imageservice.release.Digest;

/// What a manifest says about content: its media type, digest and exact size in bytes (OCI image
/// specification, descriptors).
public record Descriptor(String mediaType, Digest digest, long size) {
  public Descriptor {
    if (size < 0) {
      throw new IllegalArgumentException("a descriptor of " + size + " bytes");
    }
  }
}
