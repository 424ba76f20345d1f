package imageservice.formats.squashfs;

import imageservice.formats.blob.Blob;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a file system holds, at a path without leading slash; the root directory's path is empty.
public sealed interface SquashfsEntry {
  String path();

  Attributes attributes();

  /// What every entry has.
  ///
  /// @param permissions the twelve bits of `chmod`
  /// @param mtime in seconds since 1970, in 32 unsigned bits
  /// @param selinux value of `security.selinux`, stored as it is, without a NUL
  record Attributes(int permissions, long mtime, @Nullable String selinux) {
    public Attributes {
      if (permissions < 0 || permissions > 07777) {
        throw new IllegalArgumentException("permissions " + Integer.toOctalString(permissions));
      }
      if (mtime < 0 || mtime > 0xFFFF_FFFFL) {
        throw new IllegalArgumentException("mtime " + mtime);
      }
    }

    public Attributes(int permissions, long mtime) {
      this(permissions, mtime, null);
    }
  }

  record Directory(String path, Attributes attributes) implements SquashfsEntry {
    public Directory {
      if (!path.isEmpty()) {
        SquashfsPath.check(path);
      }
    }
  }

  record File(String path, Attributes attributes, Blob content) implements SquashfsEntry {
    public File {
      SquashfsPath.check(path);
    }
  }

  /// The permissions of links are not looked at; mksquashfs makes them 0777.
  record Symlink(String path, Attributes attributes, String target) implements SquashfsEntry {
    public Symlink {
      SquashfsPath.check(path);
      int length = target.getBytes(StandardCharsets.UTF_8).length;
      if (length == 0 || length > SquashfsPath.MAX || target.indexOf('\0') >= 0) {
        throw new IllegalArgumentException(path + ": no target of a link: " + target);
      }
    }
  }
}
