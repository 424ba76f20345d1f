package imageservice.builder.cache;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/// The CRC-32C of every block of {@link #BLOCK} bytes of a content, the last one shorter. It
/// differs after every change of up to three bits, of any odd number of bits, and of any 32
/// neighbouring bits.
final class BlockChecks {
  /// Bytes in a block: 64 KiB.
  static final int BLOCK = 64 << 10;

  private final int[] checks;

  BlockChecks(int[] checks) {
    this.checks = checks.clone();
  }

  /// @param hex as {@link #toString} writes it
  /// @throws IllegalArgumentException where that is no list of checks
  static BlockChecks parse(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (bytes.length % Integer.BYTES != 0) {
      throw new IllegalArgumentException(bytes.length + " bytes of checks");
    }
    int[] checks = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).asIntBuffer().get(checks);
    return new BlockChecks(checks);
  }

  int count() {
    return checks.length;
  }

  /// Whether these bytes are the block's.
  boolean match(int block, byte[] buffer, int from, int count) {
    CRC32C crc = new CRC32C();
    crc.update(buffer, from, count);
    return checks[block] == (int) crc.getValue();
  }

  /// All checks in hex, 8 digits each.
  @Override
  public String toString() {
    ByteBuffer bytes = ByteBuffer.allocate(checks.length * Integer.BYTES);
    bytes.asIntBuffer().put(checks);
    return HexFormat.of().formatHex(bytes.array());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlockChecks that && Arrays.equals(checks, that.checks);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(checks);
  }
}
