package imageservice.formats.squashfs;

import imageservice.formats.struct.Struct;

/// Inodes: the basic ones where they can say all, else the extended ones.
///
/// @param xattr number of its attributes, or [XattrTable#NONE]
record Inode(SquashfsEntry.Attributes attributes, long number, long xattr) {
  static final int DIRECTORY = 1;
  static final int FILE = 2;
  static final int SYMLINK = 3;

  /// What an extended inode's type is more than a basic one's.
  private static final int EXTENDED = 7;

  /// What a directory's size is more than its content's: readdir counts `.` and `..` with it.
  private static final int DOTS = 3;

  private static final int HEADER = 16;

  /// @param listing position of the directory's content
  byte[] directory(long listing, long size, long subdirectories, long parent) {
    long links = 2 + subdirectories;
    long block = listing >>> 16;
    int offset = (int) listing & 0xFFFF;
    if (xattr == XattrTable.NONE && size + DOTS <= 0xFFFF) {
      return header(DIRECTORY, 16)
          .u32("start_block", block)
          .u32("nlink", links)
          .u16("file_size", (int) size + DOTS)
          .u16("offset", offset)
          .u32("parent_inode", parent)
          .toBytes();
    }
    return header(DIRECTORY + EXTENDED, 24)
        .u32("nlink", links)
        .u32("file_size", size + DOTS)
        .u32("start_block", block)
        .u32("parent_inode", parent)
        .u16("i_count", 0)
        .u16("offset", offset)
        .u32("xattr", xattr)
        .toBytes();
  }

  byte[] file(StoredFile file) {
    int blocks = 4 * file.blocks().size();
    boolean basic =
        xattr == XattrTable.NONE && file.start() <= 0xFFFF_FFFFL && file.size() <= 0xFFFF_FFFFL;
    Struct inode =
        basic
            ? header(FILE, 16 + blocks)
                .u32("start_block", file.start())
                .u32("fragment", file.fragment())
                .u32("offset", file.offset())
                .u32("file_size", file.size())
            : header(FILE + EXTENDED, 40 + blocks)
                .u64("start_block", file.start())
                .u64("file_size", file.size())
                .u64("sparse", 0)
                .u32("nlink", 1)
                .u32("fragment", file.fragment())
                .u32("offset", file.offset())
                .u32("xattr", xattr);
    for (int i = 0; i < file.blocks().size(); i++) {
      inode.u32("block_list " + i, file.blocks().get(i));
    }
    return inode.toBytes();
  }

  byte[] symlink(String target) {
    byte[] bytes = SquashfsPath.bytes(target);
    boolean basic = xattr == XattrTable.NONE;
    Struct inode =
        header(basic ? SYMLINK : SYMLINK + EXTENDED, 8 + bytes.length + (basic ? 0 : 4))
            .u32("nlink", 1)
            .u32("symlink_size", bytes.length)
            .bytes("symlink", bytes);
    return (basic ? inode : inode.u32("xattr", xattr)).toBytes();
  }

  private Struct header(int type, int rest) {
    return Struct.littleEndian(HEADER + rest)
        .u16("inode_type", type)
        .u16("mode", attributes.permissions())
        .u16("uid", 0)
        .u16("guid", 0)
        .u32("mtime", attributes.mtime())
        .u32("inode_number", number);
  }
}
