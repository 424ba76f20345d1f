package imageservice.formats.squashfs;

import imageservice.formats.struct.Struct;

/// Inodes: the basic ones where they can say all, else the extended ones.
///
/// @param xattr number of its attributes, or [SquashfsFormat#NO_XATTR]
record Inode(SquashfsEntry.Attributes attributes, long number, long xattr) {
  private static final int HEADER = 16;

  /// @param listing position of the directory's content
  byte[] directory(long listing, long size, long subdirectories, long parent) {
    long links = 2 + subdirectories;
    long block = listing >>> 16;
    int offset = (int) listing & 0xFFFF;
    if (xattr == SquashfsFormat.NO_XATTR && size + SquashfsFormat.DOTS <= 0xFFFF) {
      return header(SquashfsFormat.DIRECTORY, 16)
          .u32("start_block", block)
          .u32("nlink", links)
          .u16("file_size", (int) size + SquashfsFormat.DOTS)
          .u16("offset", offset)
          .u32("parent_inode", parent)
          .toBytes();
    }
    return header(SquashfsFormat.DIRECTORY + SquashfsFormat.EXTENDED, 24)
        .u32("nlink", links)
        .u32("file_size", size + SquashfsFormat.DOTS)
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
        xattr == SquashfsFormat.NO_XATTR
            && file.start() <= 0xFFFF_FFFFL
            && file.size() <= 0xFFFF_FFFFL;
    Struct inode =
        basic
            ? header(SquashfsFormat.FILE, 16 + blocks)
                .u32("start_block", file.start())
                .u32("fragment", file.fragment())
                .u32("offset", file.offset())
                .u32("file_size", file.size())
            : header(SquashfsFormat.FILE + SquashfsFormat.EXTENDED, 40 + blocks)
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
    boolean basic = xattr == SquashfsFormat.NO_XATTR;
    Struct inode =
        header(
                basic ? SquashfsFormat.SYMLINK : SquashfsFormat.SYMLINK + SquashfsFormat.EXTENDED,
                8 + bytes.length + (basic ? 0 : 4))
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
