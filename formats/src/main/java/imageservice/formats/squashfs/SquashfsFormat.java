package imageservice.formats.squashfs;

/// The numbers of `fs/squashfs/squashfs_fs.h` that reading and writing share.
public final class SquashfsFormat {
  /// `hsqs` in the first four bytes.
  public static final int MAGIC = 0x7371_7368;

  /// Bytes of the superblock.
  public static final int SUPERBLOCK = 96;

  /// Place of a table that is not there.
  public static final long NO_TABLE = -1;

  /// `compression` of the superblock.
  public static final int GZIP = 1;

  public static final int XZ = 4;
  public static final int ZSTD = 6;

  /// Bytes of a metadata block's content.
  public static final int METADATA_BLOCK = 8192;

  /// Of a metadata block's size: it is stored as it is.
  public static final int METADATA_UNCOMPRESSED = 0x8000;

  /// Of a block's size in a list of blocks or a fragment: it is stored as it is.
  public static final int UNCOMPRESSED = 1 << 24;

  /// Number of the fragment of a file that has none.
  public static final long NO_FRAGMENT = 0xFFFF_FFFFL;

  /// Number of the attributes of an inode that has none.
  public static final long NO_XATTR = 0xFFFF_FFFFL;

  /// Types of basic inodes.
  public static final int DIRECTORY = 1;

  public static final int FILE = 2;
  public static final int SYMLINK = 3;

  /// What an extended inode's type is more than a basic one's.
  public static final int EXTENDED = 7;

  /// What a directory's size is more than its listing's: readdir counts `.` and `..` with it.
  public static final int DOTS = 3;

  /// Linux reads no more entries of one header of a listing.
  public static final int LISTING_RUN = 256;

  private SquashfsFormat() {}
}
