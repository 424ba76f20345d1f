package imageservice.formats.cpio;

import imageservice.formats.struct.Struct;

/// Header of the "new ASCII" format, all numbers in eight hexadecimal digits: cpio(5), "New ASCII
/// Format".
///
/// @param mode type and permissions as in `st_mode`
/// @param namesize of the name that follows, with its terminating NUL
public record CpioHeader(
    long ino,
    long mode,
    long uid,
    long gid,
    long nlink,
    long mtime,
    long filesize,
    long devmajor,
    long devminor,
    long rdevmajor,
    long rdevminor,
    long namesize,
    long check) {
  public static final int SIZE = 110;
  public static final String MAGIC = "070701";

  /// Largest value of a field.
  public static final long MAX_VALUE = 0xFFFF_FFFFL;

  static final int DIGITS = 8;
  static final int TYPE = 0170000;
  static final int DIRECTORY = 0040000;
  static final int FILE = 0100000;
  static final int SYMLINK = 0120000;

  public boolean isDirectory() {
    return (mode & TYPE) == DIRECTORY;
  }

  public byte[] toBytes() {
    return Struct.bigEndian(SIZE)
        .ascii("c_magic", MAGIC)
        .ascii("c_ino", digits("c_ino", ino))
        .ascii("c_mode", digits("c_mode", mode))
        .ascii("c_uid", digits("c_uid", uid))
        .ascii("c_gid", digits("c_gid", gid))
        .ascii("c_nlink", digits("c_nlink", nlink))
        .ascii("c_mtime", digits("c_mtime", mtime))
        .ascii("c_filesize", digits("c_filesize", filesize))
        .ascii("c_devmajor", digits("c_devmajor", devmajor))
        .ascii("c_devminor", digits("c_devminor", devminor))
        .ascii("c_rdevmajor", digits("c_rdevmajor", rdevmajor))
        .ascii("c_rdevminor", digits("c_rdevminor", rdevminor))
        .ascii("c_namesize", digits("c_namesize", namesize))
        .ascii("c_check", digits("c_check", check))
        .toBytes();
  }

  private static String digits(String field, long value) {
    if (value < 0 || value > MAX_VALUE) {
      throw new IllegalArgumentException(field + ": " + value + " does not fit 8 digits");
    }
    return "%08X".formatted(value);
  }
}
