package imageservice.formats.compress;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// CRC-64, reflected, initial value and final complement all ones. Eight bytes a step.
public final class Crc64 {
  /// Which CRC-64 it is.
  public enum Kind {
    /// Of ECMA-182, as in xz files (xz file format 1.2, section 6).
    XZ(0xC96C_5795_D787_0F42L),

    /// Of NVM Express (NVM command set 1.0, 64b CRC), as S3 checks objects by it.
    NVME(0x9A6C_9329_AC4B_C9B5L);

    private final long polynomial;

    Kind(long polynomial) {
      this.polynomial = polynomial;
    }
  }

  private static final GaloisField XZ_FIELD = new GaloisField(64, Kind.XZ.polynomial);
  private static final long[][] XZ_TABLES = tables(Kind.XZ.polynomial);
  private static final long[][] NVME_TABLES = tables(Kind.NVME.polynomial);

  private static final VarHandle LITTLE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long[][] tables;
  private long state = -1L;

  /// That of xz files.
  public Crc64() {
    this(Kind.XZ);
  }

  public Crc64(Kind kind) {
    this.tables =
        switch (kind) {
          case XZ -> XZ_TABLES;
          case NVME -> NVME_TABLES;
        };
  }

  /// Goes on with more content.
  public void update(byte[] buffer, int from, int count) {
    int at = from;
    int end = from + count;
    long crc = state;
    for (; end - at >= 8; at += 8) {
      crc = eight(tables, crc, buffer, at);
    }
    for (; at < end; at++) {
      crc = (crc >>> 8) ^ tables[0][(int) (crc ^ buffer[at]) & 0xFF];
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

  /// That of xz files, of all bytes.
  public static long of(byte[] bytes) {
    Crc64 crc = new Crc64();
    crc.update(bytes, 0, bytes.length);
    return crc.value();
  }

  /// That of xz files, of all that is left in the stream, which stays open.
  public static long of(InputStream in) throws IOException {
    Crc64 crc = new Crc64();
    byte[] buffer = new byte[64 * 1024];
    for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
      crc.update(buffer, 0, got);
    }
    return crc.value();
  }

  /// That of xz files, of a run of zero bytes, in O(log length).
  public static long ofZeros(long length) {
    return XZ_FIELD.shift(XZ_FIELD.allOnes(), length) ^ XZ_FIELD.allOnes();
  }

  /// That of xz files, of two contents laid end to end, from the checksums of both, in O(log second
  /// length).
  public static long combine(long first, long second, long secondLength) {
    return XZ_FIELD.shift(first, secondLength) ^ second;
  }

  private static long eight(long[][] tables, long crc, byte[] buffer, int at) {
    long mixed = crc ^ (long) LITTLE.get(buffer, at);
    return tables[7][(int) mixed & 0xFF]
        ^ tables[6][(int) (mixed >>> 8) & 0xFF]
        ^ tables[5][(int) (mixed >>> 16) & 0xFF]
        ^ tables[4][(int) (mixed >>> 24) & 0xFF]
        ^ tables[3][(int) (mixed >>> 32) & 0xFF]
        ^ tables[2][(int) (mixed >>> 40) & 0xFF]
        ^ tables[1][(int) (mixed >>> 48) & 0xFF]
        ^ tables[0][(int) (mixed >>> 56)];
  }

  private static long[][] tables(long polynomial) {
    long[][] tables = new long[8][256];
    for (int i = 0; i < 256; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ (polynomial & -(crc & 1));
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
