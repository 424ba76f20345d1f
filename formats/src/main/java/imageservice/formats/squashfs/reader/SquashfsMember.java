package imageservice.formats.squashfs.reader;

import imageservice.formats.blob.Blob;

/// What a file system that is read holds, at a path without leading slash; the root directory's
/// path is empty.
public sealed interface SquashfsMember {
  String path();

  Attributes attributes();

  /// What every member has.
  ///
  /// @param permissions the twelve bits of `chmod`
  /// @param mtime in seconds since 1970, in 32 unsigned bits
  /// @param links to the inode, as it claims
  /// @param inode position of the inode; the same of members that are hard links of each other
  record Attributes(int permissions, long mtime, long uid, long gid, long links, long inode) {}

  record Directory(String path, Attributes attributes) implements SquashfsMember {}

  /// @param content readable as long as the image is; that it is there and well-formed shows only
  ///   when it is read
  record File(String path, Attributes attributes, Blob content) implements SquashfsMember {}

  record Symlink(String path, Attributes attributes, String target) implements SquashfsMember {}

  record Special(String path, Attributes attributes, Kind kind) implements SquashfsMember {}

  /// What is neither directory, file nor link.
  enum Kind {
    BLOCK_DEVICE,
    CHARACTER_DEVICE,
    FIFO,
    SOCKET
  }
}
