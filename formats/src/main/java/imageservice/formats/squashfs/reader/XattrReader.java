package imageservice.formats.squashfs.reader;

import static imageservice.formats.squashfs.reader.ImageBytes.require;

import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads sets of extended attributes.
final class XattrReader {
  private static final int OUT_OF_LINE = 0x100;

  /// `XATTR_NAME_MAX` and `XATTR_SIZE_MAX` of Linux, in bytes.
  private static final int NAME_MAX = 255;

  private static final int VALUE_MAX = 64 << 10;

  /// Of one inode, in bytes, names and values.
  private static final int SET_MAX = 1 << 20;

  private final MetadataBlocks blocks;
  private final LookupTable sets;
  private final long pairs;

  private XattrReader(MetadataBlocks blocks, LookupTable sets, long pairs) {
    this.blocks = blocks;
    this.sets = sets;
    this.pairs = pairs;
  }

  /// The reader of the table at this place.
  static XattrReader at(long place, ImageBytes image, MetadataBlocks blocks) throws IOException {
    ByteBuffer header = image.read("xattr table", place, 16);
    long pairs = header.getLong(0);
    ImageBytes.requireRange("xattr_table_start", pairs, 0, place);
    long count = Integer.toUnsignedLong(header.getInt(8));
    LookupTable sets = new LookupTable("xattr table", image, blocks, place + 16, count, 16);
    return new XattrReader(blocks, sets, pairs);
  }

  Map<String, Blob> set(long number) throws IOException {
    MetadataCursor entry = sets.entry(number);
    MetadataCursor in = blocks.cursor("xattr", pairs, entry.u64());
    long count = entry.u32();
    Map<String, Blob> set = new LinkedHashMap<>();
    long size = 0;
    for (long i = 0; i < count; i++) {
      int type = in.u16();
      String name = name(in, type);
      byte[] value = value(in, type);
      size += name.length() + value.length;
      require(size <= SET_MAX, "xattr", in.place(), "the set is larger than 1 MiB");
      require(set.put(name, Blob.of(value)) == null, "xattr", in.place(), name + " is there twice");
    }
    return set;
  }

  private static String name(MetadataCursor in, int type) throws IOException {
    int size = in.u16();
    require(size > 0 && size <= NAME_MAX, "xattr name", in.place(), "has " + size + " bytes");
    String name = in.text("xattr name", size);
    return switch (type & ~OUT_OF_LINE) {
      case 0 -> "user." + name;
      case 1 -> "trusted." + name;
      case 2 -> "security." + name;
      default -> throw ImageBytes.malformed("xattr type", in.place(), "is " + type);
    };
  }

  private byte[] value(MetadataCursor in, int type) throws IOException {
    long size = in.u32();
    if ((type & OUT_OF_LINE) == 0) {
      return value(in, size);
    }
    require(size == 8, "xattr", in.place(), "a reference of " + size + " bytes");
    MetadataCursor elsewhere = blocks.cursor("xattr", pairs, in.u64());
    return value(elsewhere, elsewhere.u32());
  }

  private static byte[] value(MetadataCursor in, long size) throws IOException {
    require(size <= VALUE_MAX, "xattr value", in.place(), "has " + size + " bytes");
    return in.bytes((int) size);
  }
}
