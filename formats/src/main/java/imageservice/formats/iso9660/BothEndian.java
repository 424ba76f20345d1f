package imageservice.formats.iso9660;

import imageservice.formats.struct.Struct;

/// Numbers written in both byte orders, one after the other: ECMA-119 7.2.3 and 7.3.3.
final class BothEndian {
  private BothEndian() {}

  static byte[] u16(int value) {
    return Struct.littleEndian(4)
        .u16("little", value)
        .u16("big", Short.reverseBytes((short) value) & 0xFFFF)
        .toBytes();
  }

  static byte[] u32(long value) {
    return Struct.littleEndian(8)
        .u32("little", value)
        .u32("big", Integer.reverseBytes((int) value) & 0xFFFF_FFFFL)
        .toBytes();
  }
}
