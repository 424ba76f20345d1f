package imageservice.formats.iso9660;

import imageservice.formats.medium.Lba;
import imageservice.formats.medium.SectorSize;

/// A logical block number of the volume: ECMA-119 6.2.2, in blocks of 2048 bytes.
public record LogicalBlock(long number) implements Comparable<LogicalBlock> {
  /// Bytes in a logical block, and in a logical sector.
  public static final int SIZE = 2048;

  public LogicalBlock {
    if (number < 0 || number > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("logical block " + number + " does not fit 32 bits");
    }
  }

  /// Bytes before this block.
  public long offset() {
    return number * SIZE;
  }

  /// The block's first sector of 512 bytes, as partition tables and GRUB count.
  public Lba sector512() {
    return new Lba(number * (SIZE / SectorSize.OF_512.bytes()));
  }

  LogicalBlock plus(long blocks) {
    return new LogicalBlock(number + blocks);
  }

  LogicalBlock after(long bytes) {
    return plus(Math.ceilDiv(bytes, SIZE));
  }

  @Override
  public int compareTo(LogicalBlock other) {
    return Long.compare(number, other.number);
  }
}
