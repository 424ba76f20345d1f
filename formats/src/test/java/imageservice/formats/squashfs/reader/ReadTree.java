package imageservice.formats.squashfs.reader;

import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads all there is.
final class ReadTree {
  private ReadTree() {}

  static List<SquashfsMember> members(Blob image) throws IOException {
    SquashfsReader reader = SquashfsReader.open(image);
    List<SquashfsMember> members = new ArrayList<>(List.of(reader.root()));
    reader.walk(reader.root(), members::add);
    return members;
  }

  /// Every member, what it holds and its attributes, of each file no more than `limit` bytes.
  static Map<String, String> all(Blob image, int limit) throws IOException {
    SquashfsReader reader = SquashfsReader.open(image);
    Map<String, String> all = new TreeMap<>();
    reader.walk(
        reader.root(),
        member -> {
          if (member instanceof SquashfsMember.File file) {
            try (InputStream in = file.content().open()) {
              all.put(file.path(), file + " " + java.util.Arrays.hashCode(in.readNBytes(limit)));
            }
          } else {
            all.put(member.path(), member.toString());
          }
          all.merge(member.path(), reader.xattrs(member).keySet().toString(), String::concat);
        });
    return all;
  }

  static Blob everyKind() throws IOException {
    try (InputStream in = ReadTree.class.getResourceAsStream("every-kind.squashfs")) {
      return Blob.of(java.util.Objects.requireNonNull(in).readAllBytes());
    }
  }
}
