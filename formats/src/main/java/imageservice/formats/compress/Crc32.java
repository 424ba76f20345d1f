package imageservice.formats.compress;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/// CRC-32 (ISO-HDLC): of gzip, RFC 1952 section 8, and xz.
public final class Crc32 {
  private static final GaloisField FIELD = new GaloisField(32, 0xEDB8_8320L);

  private Crc32() {}

  public static long of(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  /// Of all that is left in the stream, which stays open.
  public static long of(InputStream in) throws IOException {
    CRC32 crc = new CRC32();
    byte[] buffer = new byte[64 * 1024];
    for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
      crc.update(buffer, 0, got);
    }
    return crc.getValue();
  }

  /// Of a run of zero bytes, in O(log length).
  public static long ofZeros(long length) {
    return FIELD.shift(FIELD.allOnes(), length) ^ FIELD.allOnes();
  }

  /// Of two contents laid end to end, from the checksums of both, in O(log second length).
  public static long combine(long first, long second, long secondLength) {
    return FIELD.shift(first, secondLength) ^ second;
  }
}
