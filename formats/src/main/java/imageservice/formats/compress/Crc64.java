package imageservice.formats.compress;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.tukaani.xz.check.CRC64;

/// CRC-64 of xz: the polynomial of ECMA-182, reflected.
public final class Crc64 {
  private static final GaloisField FIELD = new GaloisField(64, 0xC96C_5795_D787_0F42L);

  private Crc64() {}

  public static long of(byte[] bytes) {
    CRC64 crc = new CRC64();
    crc.update(bytes, 0, bytes.length);
    return value(crc);
  }

  /// Of all that is left in the stream, which stays open.
  public static long of(InputStream in) throws IOException {
    CRC64 crc = new CRC64();
    byte[] buffer = new byte[64 * 1024];
    for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
      crc.update(buffer, 0, got);
    }
    return value(crc);
  }

  /// Of a run of zero bytes, in O(log length).
  public static long ofZeros(long length) {
    return FIELD.shift(FIELD.allOnes(), length) ^ FIELD.allOnes();
  }

  /// Of two contents laid end to end, from the checksums of both, in O(log second length).
  public static long combine(long first, long second, long secondLength) {
    return FIELD.shift(first, secondLength) ^ second;
  }

  private static long value(CRC64 crc) {
    return ByteBuffer.wrap(crc.finish()).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }
}
