package imageservice.formats.gpt;

import imageservice.formats.medium.Lba;
import imageservice.formats.struct.Guid;
import imageservice.formats.struct.Struct;
import java.nio.charset.StandardCharsets;

/// A partition entry: UEFI 2.10, table 5-6.
///
/// @param attributes bits of table 5-7, and bit 60 on for the partition type's own
public record GptEntry(Guid type, Guid unique, Lba first, Lba last, long attributes, String name) {
  public static final int SIZE = 128;

  /// The platform needs this partition.
  public static final long REQUIRED = 1L;

  /// Attribute bit 2: a BIOS may boot from this partition.
  public static final long LEGACY_BIOS_BOOTABLE = 1L << 2;

  /// Attribute of basic data partitions: mount read-only.
  public static final long READ_ONLY = 1L << 60;

  private static final int MAX_NAME = 36;

  public GptEntry {
    if (last.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "partition %s from sector %d to %d".formatted(name, first.value(), last.value()));
    }
    if (name.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "partition name \"%s\" has %d UTF-16 units, at most %d fit"
              .formatted(name, name.length(), MAX_NAME));
    }
    if (!StandardCharsets.UTF_16LE.newEncoder().canEncode(name)) {
      throw new IllegalArgumentException("not Unicode: \"" + name + "\"");
    }
  }

  public long sectors() {
    return last.value() - first.value() + 1;
  }

  public byte[] toBytes() {
    return Struct.littleEndian(SIZE)
        .bytes("PartitionTypeGUID", type.toDiskBytes())
        .bytes("UniquePartitionGUID", unique.toDiskBytes())
        .u64("StartingLBA", first.value())
        .u64("EndingLBA", last.value())
        .u64("Attributes", attributes)
        .bytes("PartitionName", name.getBytes(StandardCharsets.UTF_16LE), 2 * MAX_NAME)
        .toBytes();
  }
}
