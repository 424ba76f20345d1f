package imageservice.formats.squashfs.reader;

import static imageservice.formats.squashfs.reader.ImageBytes.require;

import imageservice.formats.squashfs.SquashfsFormat;
import imageservice.formats.squashfs.SquashfsPath;
import imageservice.formats.squashfs.reader.SquashfsMember.Attributes;
import imageservice.formats.squashfs.reader.SquashfsMember.Kind;
import java.io.IOException;

/// Reads inodes, basic and extended ones of all types.
final class InodeReader {
  private static final int BLOCK_DEVICE = 4;
  private static final int CHARACTER_DEVICE = 5;
  private static final int FIFO = 6;
  private static final int SOCKET = 7;

  private final ReadSuperblock superblock;
  private final MetadataBlocks blocks;
  private final LookupTable ids;
  private final DataBlocks data;

  InodeReader(ReadSuperblock superblock, MetadataBlocks blocks, LookupTable ids, DataBlocks data) {
    this.superblock = superblock;
    this.blocks = blocks;
    this.ids = ids;
    this.data = data;
  }

  ReadInode at(long position) throws IOException {
    MetadataCursor in = blocks.cursor("inode", superblock.inodeTable(), position);
    int type = in.u16();
    require(
        type >= 1 && type <= 2 * SquashfsFormat.EXTENDED, "inode_type", in.place(), "is " + type);
    Header header = new Header(position, in.u16(), id(in.u16()), id(in.u16()), in.u32());
    in.skip(4); // inode_number
    int basic = type > SquashfsFormat.EXTENDED ? type - SquashfsFormat.EXTENDED : type;
    boolean extended = type > SquashfsFormat.EXTENDED;
    return switch (basic) {
      case SquashfsFormat.DIRECTORY -> directory(in, header, extended);
      case SquashfsFormat.FILE -> file(in, header, extended);
      case SquashfsFormat.SYMLINK -> symlink(in, header, extended);
      case BLOCK_DEVICE -> special(in, header, type, Kind.BLOCK_DEVICE);
      case CHARACTER_DEVICE -> special(in, header, type, Kind.CHARACTER_DEVICE);
      case FIFO -> special(in, header, type, Kind.FIFO);
      case SOCKET -> special(in, header, type, Kind.SOCKET);
      default -> throw new IllegalStateException("inode type " + type);
    };
  }

  private record Header(long position, int mode, long uid, long gid, long mtime) {
    Attributes attributes(long links) {
      return new Attributes(mode & 07777, mtime, uid, gid, links, position);
    }
  }

  private long id(int index) throws IOException {
    return ids.entry(index).u32();
  }

  private static ReadInode directory(MetadataCursor in, Header header, boolean extended)
      throws IOException {
    if (!extended) {
      long block = in.u32();
      long links = in.u32();
      int size = in.u16();
      return directory(header, links, block, in.u16(), size, SquashfsFormat.NO_XATTR);
    }
    long links = in.u32();
    long size = in.u32();
    long block = in.u32();
    in.skip(4 + 2); // parent_inode, i_count
    int offset = in.u16();
    return directory(header, links, block, offset, size, in.u32());
  }

  private static ReadInode directory(
      Header header, long links, long block, int offset, long size, long xattr) {
    ReadInode.Names names =
        new ReadInode.Names(block << 16 | offset, Math.max(size - SquashfsFormat.DOTS, 0));
    return new ReadInode(SquashfsFormat.DIRECTORY, header.attributes(links), xattr, names);
  }

  private ReadInode file(MetadataCursor in, Header header, boolean extended) throws IOException {
    long start = extended ? in.u64() : in.u32();
    long size = 0;
    long links = 1;
    if (extended) {
      size = in.u64();
      in.skip(8); // sparse
      links = in.u32();
    }
    long fragment = in.u32();
    long offset = in.u32();
    size = extended ? size : in.u32();
    long xattr = extended ? in.u32() : SquashfsFormat.NO_XATTR;
    requireListFits(in, size);
    FileContent content = new FileContent(data, size, start, fragment, offset, in);
    return new ReadInode(
        SquashfsFormat.FILE, header.attributes(links), xattr, new ReadInode.Content(content));
  }

  /// A file's list of blocks has to be in the inode table, of which three bytes are a block of at
  /// most 8 KiB.
  private void requireListFits(MetadataCursor in, long size) throws IOException {
    long table = (superblock.directoryTable() - superblock.inodeTable()) / 3 + 1;
    require(
        size >= 0 && size / superblock.blockSize() <= table * SquashfsFormat.METADATA_BLOCK / 4,
        "file_size",
        in.place(),
        "is " + Long.toUnsignedString(size));
  }

  private static ReadInode symlink(MetadataCursor in, Header header, boolean extended)
      throws IOException {
    long links = in.u32();
    long size = in.u32();
    require(size > 0 && size <= SquashfsPath.MAX, "symlink_size", in.place(), "is " + size);
    String target = in.text("symlink", (int) size);
    require(target.indexOf('\0') < 0, "symlink", in.place(), "contains a NUL");
    long xattr = extended ? in.u32() : SquashfsFormat.NO_XATTR;
    return new ReadInode(
        SquashfsFormat.SYMLINK, header.attributes(links), xattr, new ReadInode.Target(target));
  }

  private static ReadInode special(MetadataCursor in, Header header, int type, Kind kind)
      throws IOException {
    boolean extended = type > SquashfsFormat.EXTENDED;
    long links = in.u32();
    if (kind == Kind.BLOCK_DEVICE || kind == Kind.CHARACTER_DEVICE) {
      in.skip(4); // rdev
    }
    return new ReadInode(
        extended ? type - SquashfsFormat.EXTENDED : type,
        header.attributes(links),
        extended ? in.u32() : SquashfsFormat.NO_XATTR,
        new ReadInode.Special(kind));
  }
}
