package imageservice.formats.xfs;

import imageservice.formats.struct.Alignment;
import java.nio.charset.StandardCharsets;

/// An entry of a directory.
record Link(String name, boolean directory, long inode) {
  byte[] bytes() {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  /// "xfs_dir3_ftype": a regular file or a directory.
  int type() {
    return directory ? 2 : 1;
  }

  /// Bytes it takes in a block.
  int blockLength() {
    return (int) Alignment.roundUp(12 + bytes().length, 8);
  }

  /// Names are hashed by bytes, four at a time: "xfs_da_hashname".
  int hash() {
    byte[] name = bytes();
    int hash = 0;
    int at = 0;
    for (; name.length - at >= 4; at += 4) {
      hash = word(name, at, 4) ^ Integer.rotateLeft(hash, 28);
    }
    int rest = name.length - at;
    return rest == 0 ? hash : word(name, at, rest) ^ Integer.rotateLeft(hash, 7 * rest);
  }

  /// Bytes shifted by 7 bits each.
  private static int word(byte[] name, int at, int count) {
    int word = 0;
    for (int i = 0; i < count; i++) {
      word = (word << 7) ^ (name[at + i] & 0xFF);
    }
    return word;
  }
}
