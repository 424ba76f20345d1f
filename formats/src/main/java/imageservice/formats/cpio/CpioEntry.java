package imageservice.formats.cpio;

import imageservice.formats.blob.Blob;
import java.nio.charset.StandardCharsets;

/// What an archive holds. Names are relative paths without `.` or `..`; permissions are the twelve
/// bits of `chmod`; `mtime` is in seconds since 1970, in 32 unsigned bits.
public sealed interface CpioEntry {
  String name();

  int permissions();

  long mtime();

  record Directory(String name, int permissions, long mtime) implements CpioEntry {
    public Directory {
      check(name, permissions, mtime);
    }
  }

  record File(String name, int permissions, long mtime, Blob content) implements CpioEntry {
    public File {
      check(name, permissions, mtime);
      if (content.length() > CpioHeader.MAX_VALUE) {
        throw new IllegalArgumentException(name + ": " + content.length() + " bytes, over 4 GiB");
      }
    }
  }

  record Symlink(String name, long mtime, String target) implements CpioEntry {
    public Symlink {
      check(name, 0777, mtime);
      int length = target.getBytes(StandardCharsets.UTF_8).length;
      // Linux skips links whose target, with its NUL, does not fit PATH_MAX.
      if (length == 0 || length >= CpioName.MAX_SIZE || target.indexOf('\0') >= 0) {
        throw new IllegalArgumentException(name + ": no target of a link: " + target);
      }
    }

    @Override
    public int permissions() {
      return 0777;
    }
  }

  private static void check(String name, int permissions, long mtime) {
    CpioName.fault(name)
        .ifPresent(fault -> {
          throw new IllegalArgumentException("name " + name + ": " + fault);
        });
    if (name.equals(CpioName.TRAILER)) {
      throw new IllegalArgumentException("name " + name + ": ends the archive");
    }
    if (permissions < 0 || permissions > 07777) {
      throw new IllegalArgumentException(
          "%s: permissions %s".formatted(name, Integer.toOctalString(permissions)));
    }
    if (mtime < 0 || mtime > CpioHeader.MAX_VALUE) {
      throw new IllegalArgumentException(name + ": mtime " + mtime);
    }
  }
}
