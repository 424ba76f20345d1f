package imageservice.formats.iso9660;

import imageservice.formats.struct.Struct;
import java.io.ByteArrayOutputStream;
import java.util.List;

/// The boot catalog: El Torito 1.0, 2.0. The first entry is the default one, each further entry
/// forms a section of its own.
final class BootCatalog {
  /// A boot entry with its place.
  record Entry(BootEntry boot, LogicalBlock block, long length) {}

  /// So many fit one block.
  static final int MAX_ENTRIES = 32;

  private static final int BOOTABLE = 0x88;
  private static final int MORE_HEADERS = 0x90;
  private static final int FINAL_HEADER = 0x91;

  private BootCatalog() {}

  static byte[] toBytes(List<Entry> entries) {
    ByteArrayOutputStream catalog = new ByteArrayOutputStream();
    catalog.writeBytes(validation(entries.getFirst().boot().platform()));
    catalog.writeBytes(entry(entries.getFirst()));
    for (int i = 1; i < entries.size(); i++) {
      catalog.writeBytes(header(entries.get(i), i == entries.size() - 1));
      catalog.writeBytes(entry(entries.get(i)));
    }
    return catalog.toByteArray();
  }

  /// El Torito 1.0, 2.1: all words of the entry add up to 0.
  private static byte[] validation(BootEntry.Platform platform) {
    int words = 0x0001 + (platform.id() << 8) + 0xAA55;
    return Struct.littleEndian(32)
        .u8("Header ID", 1)
        .u8("Platform ID", platform.id())
        .u16("Reserved", 0)
        .zeros("ID string", 24)
        .u16("Checksum Word", -words & 0xFFFF)
        .u8("Key byte 55", 0x55)
        .u8("Key byte AA", 0xAA)
        .toBytes();
  }

  /// El Torito 1.0, 2.3.
  private static byte[] header(Entry entry, boolean last) {
    return Struct.littleEndian(32)
        .u8("Header Indicator", last ? FINAL_HEADER : MORE_HEADERS)
        .u8("Platform ID", entry.boot().platform().id())
        .u16("Number of section entries following this header", 1)
        .zeros("ID string", 28)
        .toBytes();
  }

  /// El Torito 1.0, 2.2 and 2.4, which have the same fields as long as there are no criteria.
  private static byte[] entry(Entry entry) {
    return Struct.littleEndian(32)
        .u8("Boot Indicator", BOOTABLE)
        .u8("Boot media type", 0)
        .u16("Load Segment", 0)
        .u8("System Type", 0)
        .u8("Unused", 0)
        .u16("Sector Count", entry.boot().sectorCount(entry.length()))
        .u32("Load RBA", entry.block().number())
        .zeros("Selection criteria", 20)
        .toBytes();
  }
}
