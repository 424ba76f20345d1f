package imageservice.formats.xfs;

import imageservice.formats.struct.Struct;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;

/// What all structures have alike: a checksum over themselves, UUIDs, and a number for nothing.
final class Numbers {
  /// No block, no inode.
  static final long NULL = 0xFFFF_FFFFL;

  private Numbers() {}

  /// A structure with its checksum: CRC-32C over all of it with the field as zero, and the only
  /// field in little-endian order.
  static byte[] sealed(Struct structure, String field) {
    CRC32C crc = new CRC32C();
    crc.update(structure.toBytes());
    long reversed = Integer.toUnsignedLong(Integer.reverseBytes((int) crc.getValue()));
    return structure.patchU32(field, reversed).toBytes();
  }

  static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  /// A table of {@link #NULL}s.
  static byte[] nulls(int count) {
    byte[] table = new byte[4 * count];
    Arrays.fill(table, (byte) 0xFF);
    return table;
  }
}
