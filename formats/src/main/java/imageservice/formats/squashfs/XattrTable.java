package imageservice.formats.squashfs;

import imageservice.formats.struct.Struct;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Extended attributes: sets of one `security.selinux` each, every set stored once.
final class XattrTable {
  private static final int SECURITY = 2;
  private static final String NAME = "selinux";
  private static final String FULL_NAME = "security.selinux";

  private final MetadataTable pairs;
  private final MetadataTable sets;
  private final Map<String, Integer> byValue = new LinkedHashMap<>();

  XattrTable(SquashfsCompression compression) {
    this.pairs = new MetadataTable(compression);
    this.sets = new MetadataTable(compression);
  }

  boolean isEmpty() {
    return byValue.isEmpty();
  }

  /// Number of the set with this label.
  long id(String label) {
    return byValue.computeIfAbsent(label, this::add);
  }

  /// The tables at a place in the file system; the header, to which the superblock points, is
  /// [#headerSize] bytes before the end.
  byte[] finish(long at) {
    byte[] pairsBytes = pairs.finish();
    byte[] setsBytes = sets.finishWithIndex(at + pairsBytes.length);
    int indexSize = sets.indexSize();
    int blocks = setsBytes.length - indexSize;
    return Struct.littleEndian(pairsBytes.length + setsBytes.length + 16)
        .bytes("pairs", pairsBytes)
        .bytes("sets", java.util.Arrays.copyOf(setsBytes, blocks))
        .u64("xattr_table_start", at)
        .u32("xattr_ids", byValue.size())
        .u32("unused", 0)
        .bytes("index", java.util.Arrays.copyOfRange(setsBytes, blocks, setsBytes.length))
        .toBytes();
  }

  int headerSize() {
    return 16 + sets.indexSize();
  }

  private int add(String label) {
    byte[] value = label.getBytes(StandardCharsets.UTF_8);
    long position =
        pairs.append(
            Struct.littleEndian(4 + NAME.length() + 4 + value.length)
                .u16("type", SECURITY)
                .u16("size", NAME.length())
                .ascii("data", NAME)
                .u32("vsize", value.length)
                .bytes("value", value)
                .toBytes());
    sets.append(
        Struct.littleEndian(16)
            .u64("xattr", position)
            .u32("count", 1)
            .u32("size", FULL_NAME.length() + 1 + value.length) // of the names with NUL, and values
            .toBytes());
    return byValue.size();
  }
}
