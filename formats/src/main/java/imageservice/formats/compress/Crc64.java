package imageservice.formats.compress;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// CRC-64 as xz uses it: ECMA-182's polynomial, reflected, initial value and final complement all
/// ones (xz file format 1.2, section 6). Eight bytes a step.
public final class Crc64 {
  private static final long POLYNOMIAL = 0xC96C_5795_D787_0F42L;
  private static final GaloisField FIELD = new GaloisField(64, POLYNOMIAL);
  private static final long[][] TABLES = tables();

  private static final VarHandle LITTLE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private long state = -1L;

  /// Goes on with more content.
  public void update(byte[] buffer, int from, int count) {
    int at = from;
    int end = from + count;
    long crc = state;
    for (; end - at >= 8; at += 8) {
      crc = eight(crc, buffer, at);
    }
    for (; at < end; at++) {
      crc = (crc >>> 8) ^ TABLES[0][(int) (crc ^ buffer[at]) & 0xFF];
    }
    state = crc;
  }

  /// Of the content so far.
  public long value() {
    return ~state;
  }

  /// Begins anew.
  public void reset() {
    state = -1L;
  }

  public static long of(byte[] bytes) {
    Crc64 crc = new Crc64();
    crc.update(bytes, 0, bytes.length);
    return crc.value();
  }

  /// Of all that is left in the stream, which stays open.
  public static long of(InputStream in) throws IOException {
    Crc64 crc = new Crc64();
    byte[] buffer = new byte[64 * 1024];
    for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
      crc.update(buffer, 0, got);
    }
    return crc.value();
  }

  /// Of a run of zero bytes, in O(log length).
  public static long ofZeros(long length) {
    return FIELD.shift(FIELD.allOnes(), length) ^ FIELD.allOnes();
  }

  /// Of two contents laid end to end, from the checksums of both, in O(log second length).
  public static long combine(long first, long second, long secondLength) {
    return FIELD.shift(first, secondLength) ^ second;
  }

  private static long eight(long crc, byte[] buffer, int at) {
    long mixed = crc ^ (long) LITTLE.get(buffer, at);
    return TABLES[7][(int) mixed & 0xFF]
        ^ TABLES[6][(int) (mixed >>> 8) & 0xFF]
        ^ TABLES[5][(int) (mixed >>> 16) & 0xFF]
        ^ TABLES[4][(int) (mixed >>> 24) & 0xFF]
        ^ TABLES[3][(int) (mixed >>> 32) & 0xFF]
        ^ TABLES[2][(int) (mixed >>> 40) & 0xFF]
        ^ TABLES[1][(int) (mixed >>> 48) & 0xFF]
        ^ TABLES[0][(int) (mixed >>> 56)];
  }

  private static long[][] tables() {
    long[][] tables = new long[8][256];
    for (int i = 0; i < 256; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ (POLYNOMIAL & -(crc & 1));
      }
      tables[0][i] = crc;
    }
    for (int table = 1; table < 8; table++) {
      for (int i = 0; i < 256; i++) {
        long before = tables[table - 1][i];
        tables[table][i] = (before >>> 8) ^ tables[0][(int) before & 0xFF];
      }
    }
    return tables;
  }
}
