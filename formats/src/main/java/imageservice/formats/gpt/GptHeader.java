package imageservice.formats.gpt;

import imageservice.formats.medium.Lba;
import imageservice.formats.struct.Guid;
import imageservice.formats.struct.Struct;
import java.util.zip.CRC32;

/// GPT header: UEFI 2.10, table 5-5.
///
/// @param my this header's own sector
/// @param alternate the other header's sector
/// @param entriesCrc32 over the whole entry array, unused entries too
public record GptHeader(
    Lba my,
    Lba alternate,
    Lba firstUsable,
    Lba lastUsable,
    Guid disk,
    Lba entries,
    int entryCount,
    long entriesCrc32) {
  public static final int SIZE = 92;

  public byte[] toBytes() {
    Struct header =
        Struct.littleEndian(SIZE)
            .ascii("Signature", "EFI PART")
            .u32("Revision", 0x0001_0000)
            .u32("HeaderSize", SIZE)
            .u32("HeaderCRC32", 0) // covers this structure with itself as zero; patched below
            .u32("Reserved", 0)
            .u64("MyLBA", my.value())
            .u64("AlternateLBA", alternate.value())
            .u64("FirstUsableLBA", firstUsable.value())
            .u64("LastUsableLBA", lastUsable.value())
            .bytes("DiskGUID", disk.toDiskBytes())
            .u64("PartitionEntryLBA", entries.value())
            .u32("NumberOfPartitionEntries", entryCount)
            .u32("SizeOfPartitionEntry", GptEntry.SIZE)
            .u32("PartitionEntryArrayCRC32", entriesCrc32);
    return header.patchU32("HeaderCRC32", crc32(header.toBytes())).toBytes();
  }

  static long crc32(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
