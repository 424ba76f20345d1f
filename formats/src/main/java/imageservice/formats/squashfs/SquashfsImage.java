package imageservice.formats.squashfs;

import imageservice.formats.blob.Extents;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes file systems. Contents are read and compressed at once, into the scratch; what is returned
/// are the few tables in memory around slices of it.
public final class SquashfsImage {
  /// What mksquashfs pads to, so that the image can be a block device.
  private static final int PADDING = 4096;

  private SquashfsImage() {}

  /// The file system of these entries, the same in whatever order they are given.
  ///
  /// @param mkfsTime in seconds since 1970, in 32 unsigned bits
  /// @throws IllegalArgumentException where the entries are no tree
  public static Extents of(
      List<? extends SquashfsEntry> entries,
      SquashfsCompression compression,
      long mkfsTime,
      Scratch scratch)
      throws IOException {
    SquashfsNode root = SquashfsNode.tree(entries);
    byte[] options = compression.options().orElse(new byte[0]);
    long dataStart = SquashfsFormat.SUPERBLOCK + (long) options.length;
    try (DataArea data = new DataArea(compression, scratch, dataStart)) {
      Map<String, DataArea.FileData> files = new HashMap<>();
      place(root, data, files);
      Extents blocks = data.finish();
      TreeTables tree = new TreeTables(compression, files);
      long rootInode = tree.add(root);
      Tables tables = new Tables(dataStart + blocks.length());
      Superblock superblock =
          lay(tables, tree, data, new Counts(root.number(), mkfsTime, rootInode), compression);
      return Extents.builder()
          .add(superblock.toBytes())
          .add(options)
          .add(blocks)
          .add(tables.build())
          .alignTo(PADDING)
          .build();
    }
  }

  /// Compresses the contents of all files, in the order of their inodes.
  private static void place(SquashfsNode node, DataArea data, Map<String, DataArea.FileData> files)
      throws IOException {
    for (SquashfsNode child : node.children()) {
      place(child, data, files);
    }
    if (node.entry() instanceof SquashfsEntry.File file) {
      files.put(file.path(), data.add(file.content()));
    }
  }

  /// What the superblock says besides where the tables are.
  private record Counts(int inodes, long mkfsTime, long rootInode) {}

  private static Superblock lay(
      Tables tables,
      TreeTables tree,
      DataArea data,
      Counts counts,
      SquashfsCompression compression) {
    long inodes = tables.add(tree.inodes().finish(), 0);
    long directories = tables.add(tree.directories().finish(), 0);
    long fragments = tables.add(data.fragments());
    long lookup = tables.add(tree.lookup());
    long ids = tables.add(ids(compression));
    long xattrs = tables.add(tree.xattrs());
    return new Superblock(
        counts.inodes(),
        counts.mkfsTime(),
        data.fragmentCount(),
        compression,
        counts.rootInode(),
        tables.position(),
        ids,
        xattrs,
        inodes,
        directories,
        fragments,
        lookup);
  }

  /// The one owner there is, 0.
  private static MetadataTable ids(SquashfsCompression compression) {
    MetadataTable ids = new MetadataTable(compression);
    ids.append(new byte[4]);
    return ids;
  }

  /// Tables behind each other.
  private static final class Tables {
    private final long start;
    private final Extents.Builder bytes = Extents.builder();

    Tables(long start) {
      this.start = start;
    }

    long position() {
      return start + bytes.position();
    }

    /// Adds a table with its index and returns where the index is.
    long add(MetadataTable table) {
      byte[] indexed = table.finishWithIndex(position());
      return add(indexed, table.indexSize());
    }

    long add(XattrTable table) {
      return table.isEmpty()
          ? SquashfsFormat.NO_TABLE
          : add(table.finish(position()), table.headerSize());
    }

    /// Adds a table and returns where its last `tail` bytes are; of all of it where that is 0.
    long add(byte[] table, int tail) {
      long at = position();
      bytes.add(table);
      return tail == 0 ? at : position() - tail;
    }

    Extents build() {
      return bytes.build();
    }
  }
}
