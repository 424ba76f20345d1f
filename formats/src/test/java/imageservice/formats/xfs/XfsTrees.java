package imageservice.formats.xfs;

import imageservice.formats.blob.Blob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Random trees with everything that has to be laid out with care: directories in and out of their
/// inode, long and foreign names, contents around whole blocks, deep paths.
final class XfsTrees {
  private static final String[] PARTS = {
    "a", "B", "vmlinuz", ".disk", "Größe", "日本語", "x y", "name.with.dots.conf", "-", "😀", "*?[]"
  };
  private static final int[] SIZES = {0, 1, 4095, 4096, 4097, 8192, 100_000};

  private final Random random;
  private final List<XfsEntry> entries = new ArrayList<>();
  private int budget;

  XfsTrees(long seed, int budget) {
    this.random = new Random(seed);
    this.budget = budget;
  }

  /// A root and at most as many other entries as there may be.
  List<XfsEntry> entries() {
    entries.add(new XfsEntry.Directory("", 0755));
    fill("", 0);
    return List.copyOf(entries);
  }

  private void fill(String path, int depth) {
    Set<String> names = new HashSet<>();
    List<String> directories = new ArrayList<>();
    int room = 3976; // of a directory of one block
    for (int i = random.nextInt(2) == 0 ? 100 : 8; i > 0 && budget > 0; i--) {
      String name = name();
      room -= (12 + name.getBytes(StandardCharsets.UTF_8).length + 7) / 8 * 8 + 8;
      if (room < 0) {
        break;
      }
      if (names.add(name)) {
        budget--;
        add(path + name, depth, directories);
      }
    }
    directories.forEach(inner -> fill(inner + "/", depth + 1));
  }

  private void add(String path, int depth, List<String> directories) {
    if (depth < 9 && random.nextInt(6) == 0) {
      entries.add(new XfsEntry.Directory(path, random.nextInt(010000)));
      directories.add(path);
    } else {
      entries.add(new XfsEntry.File(path, random.nextInt(010000), content()));
    }
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      name.append(PARTS[random.nextInt(PARTS.length)]).append(random.nextInt(100));
    }
    int length = random.nextInt(12) == 0 ? 100 + random.nextInt(156) : 0;
    while (name.length() < length) {
      name.append((char) ('a' + random.nextInt(26)));
    }
    while (name.toString().getBytes(StandardCharsets.UTF_8).length > XfsEntry.MAX_NAME) {
      name.setLength(name.offsetByCodePoints(name.length(), -1));
    }
    return name.toString();
  }

  private Blob content() {
    byte[] bytes =
        new byte[random.nextBoolean() ? random.nextInt(20_000) : SIZES[random.nextInt(7)]];
    random.nextBytes(bytes);
    return Blob.of(bytes);
  }
}
