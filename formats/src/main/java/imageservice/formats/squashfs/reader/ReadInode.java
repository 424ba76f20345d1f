package imageservice.formats.squashfs.reader;

import imageservice.formats.blob.Blob;

/// An inode that was read.
///
/// @param type of a basic inode, even where this is an extended one
/// @param xattr number of its attributes, or
///   [imageservice.formats.squashfs.SquashfsFormat#NO_XATTR]
record ReadInode(int type, SquashfsMember.Attributes attributes, long xattr, Body body) {
  /// What only some inodes have.
  sealed interface Body {}

  /// @param listing position of the directory's content
  /// @param size of the content in bytes
  record Names(long listing, long size) implements Body {}

  record Content(Blob blob) implements Body {}

  record Target(String path) implements Body {}

  record Special(SquashfsMember.Kind kind) implements Body {}

  SquashfsMember member(String path) {
    return switch (body) {
      case Names ignored -> new SquashfsMember.Directory(path, attributes);
      case Content content -> new SquashfsMember.File(path, attributes, content.blob());
      case Target target -> new SquashfsMember.Symlink(path, attributes, target.path());
      case Special special -> new SquashfsMember.Special(path, attributes, special.kind());
    };
  }
}
