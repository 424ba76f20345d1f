package imageservice.formats.compress;

import imageservice.formats.blob.Blob;
import java.io.IOException;

/// A compressed file's format. Encoding reads no slice of 64 KiB or more, except once for a
/// checksum where the format has one and the slice's blob is not {@link
/// imageservice.formats.blob.Checksummed}.
public enum Codec {
  NONE,
  XZ,
  ZSTD,
  GZIP,
  /// gzip as layers of container images have it: its header names the fastest compressor.
  GZIP_LAYER;

  /// The content in this format; the same content of the same extents makes the same bytes.
  public Blob encode(Blob plain) throws IOException {
    return switch (this) {
      case NONE -> plain;
      case XZ -> XzStream.of(plain);
      case ZSTD -> ZstdFrame.of(plain);
      case GZIP -> GzipMember.of(plain, Gzip.UNTOLD);
      case GZIP_LAYER -> GzipMember.of(plain, Gzip.FASTEST);
    };
  }
}
