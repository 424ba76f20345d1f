package imageservice.builder.fetch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// CRC-64 as xz uses it: ECMA-182's polynomial, reflected, initial value and final complement all
/// ones (xz file format 1.2, section 6). Eight bytes a step.
final class Crc64 {
  private static final long POLYNOMIAL = 0xC96C_5795_D787_0F42L;
  private static final long[][] TABLES = tables();

  /// x^8 in the reflected order: bit 63 is x^0.
  private static final long POWER_OF_8_BITS = 1L << (63 - 8);

  private static final VarHandle LITTLE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private long state = -1L;

  void update(byte[] buffer, int from, int count) {
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

  long value() {
    return ~state;
  }

  void reset() {
    state = -1L;
  }

  /// The CRC of two contents end to end, from the CRC of each and the second one's length.
  static long combine(long first, long second, long secondLength) {
    long shifted = first;
    long power = POWER_OF_8_BITS;
    for (long rest = secondLength; rest != 0; rest >>>= 1) {
      if ((rest & 1) != 0) {
        shifted = multiply(power, shifted);
      }
      power = multiply(power, power);
    }
    return shifted ^ second;
  }

  /// The product of two polynomials modulo the CRC's.
  private static long multiply(long a, long b) {
    long product = 0;
    long factor = b;
    for (int bit = 63; bit >= 0; bit--) {
      product ^= factor & -((a >>> bit) & 1);
      factor = (factor >>> 1) ^ (POLYNOMIAL & -(factor & 1));
    }
    return product;
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
