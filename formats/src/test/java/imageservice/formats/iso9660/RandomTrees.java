package imageservice.formats.iso9660;

import imageservice.formats.blob.Blob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Trees with everything that has to be laid out with care: long and foreign names, names alike,
/// empty files, deep and large directories.
final class RandomTrees {
  private static final String[] PARTS = {
    "a",
    "B",
    "talos-v1.9.5",
    ".disk",
    "Größe",
    "日本語",
    "x y",
    "name.with.dots.conf",
    "İ",
    "ß",
    "-",
    "😀"
  };

  private final Random random;
  private int budget = 400;

  RandomTrees(long seed) {
    this.random = new Random(seed);
  }

  IsoDirectory root() {
    return new IsoDirectory("", 0755, entries(0));
  }

  private List<IsoEntry> entries(int depth) {
    Set<String> names = new HashSet<>();
    List<IsoEntry> entries = new ArrayList<>();
    int count = random.nextInt(12) == 0 ? random.nextInt(300) : 3 + random.nextInt(12);
    for (int i = 0; i < count && budget > 0; i++, budget--) {
      String name = name();
      if (!names.add(name)) {
        continue;
      }
      int mode = new int[] {0644, 0444, 0755, 0600}[random.nextInt(4)];
      if (depth < 12 && random.nextInt(3) == 0) {
        entries.add(new IsoDirectory(name, 0755, entries(depth + 1)));
      } else {
        entries.add(new IsoFile(name, content(), mode));
      }
    }
    return entries;
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      name.append(PARTS[random.nextInt(PARTS.length)]);
      if (random.nextInt(4) == 0) {
        name.append(random.nextInt(1000));
      }
    }
    int length = random.nextInt(10) == 0 ? 100 + random.nextInt(156) : 0;
    while (name.length() < length) {
      name.append("abcdefgh.IJKLMNOP_".charAt(random.nextInt(18)));
    }
    while (name.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 255) {
      name.setLength(name.offsetByCodePoints(name.length(), -1));
    }
    return name.toString();
  }

  private Blob content() {
    byte[] bytes = new byte[random.nextInt(5) == 0 ? 0 : random.nextInt(9000)];
    random.nextBytes(bytes);
    return Blob.of(bytes);
  }
}
