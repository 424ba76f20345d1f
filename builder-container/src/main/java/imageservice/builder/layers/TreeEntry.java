package imageservice.builder.layers;

import imageservice.builder.cache.CachedBlob;
import org.jspecify.annotations.Nullable;

/// One path of an image's flattened root. Owners and times are not kept.
public sealed interface TreeEntry {
  /// Permission bits, set-id and sticky bits: the low twelve.
  int mode();

  /// The text of `SCHILY.xattr.security.selinux` as the layer has it, null where it has none.
  @Nullable String selinux();

  /// A regular file, or a hard link to one.
  record File(int mode, @Nullable String selinux, CachedBlob content) implements TreeEntry {}

  record Directory(int mode, @Nullable String selinux) implements TreeEntry {}

  /// A symbolic link, which is not followed.
  ///
  /// @param target as written, which may lead anywhere
  record Symlink(int mode, @Nullable String selinux, String target) implements TreeEntry {}
}
