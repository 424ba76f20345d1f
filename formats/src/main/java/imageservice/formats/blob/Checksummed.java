package imageservice.formats.blob;

import java.util.OptionalLong;

/// A blob that knows checksums of its ranges without reading them, such as those of all of it and
/// of each 16 MiB. Whoever asks reads the range where the answer is empty.
public interface Checksummed extends Blob {
  /// CRC-32 (ISO-HDLC, as in gzip and xz) of `[offset, offset + length)`, empty where it is not
  /// cheap to get.
  OptionalLong crc32(long offset, long length);

  /// CRC-64 (as in xz) of `[offset, offset + length)`, empty where it is not cheap to get.
  OptionalLong crc64(long offset, long length);
}
