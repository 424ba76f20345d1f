package imageservice.formats.xfs;

import imageservice.formats.struct.Struct;
import java.util.List;

/// A directory within its inode: "xfs_dir2_sf".
///
/// @param parent inode; the root's own for the root
record ShortDirectory(long parent, List<Link> links) implements Fork {
  private static final int HEADER = 6;
  private static final int AROUND_NAME = 8;

  ShortDirectory {
    links = List.copyOf(links);
  }

  /// Whether so many names have room in an inode.
  boolean fits() {
    return size() <= Fork.SIZE;
  }

  /// In bytes.
  int size() {
    return HEADER + links.stream().mapToInt(link -> link.bytes().length + AROUND_NAME).sum();
  }

  @Override
  public int format() {
    return 1;
  }

  @Override
  public long blocks() {
    return 0;
  }

  @Override
  public int extents() {
    return 0;
  }

  @Override
  public byte[] toBytes(Geometry geometry) {
    Struct directory =
        Struct.bigEndian(size())
            .u8("count", links.size())
            .u8("i8count", 0) // inode numbers of 8 bytes
            .u32("parent", parent);
    int offset = BlockDirectory.FIRST_NAME;
    for (Link link : links) {
      byte[] name = link.bytes();
      String of = " of " + link.name();
      directory
          .u8("namelen" + of, name.length)
          .u16("offset" + of, offset) // where the entry would lie in a block
          .bytes("name" + of, name)
          .u8("ftype" + of, link.type())
          .u32("inumber" + of, link.inode());
      offset += link.blockLength();
    }
    return directory.toBytes();
  }
}
