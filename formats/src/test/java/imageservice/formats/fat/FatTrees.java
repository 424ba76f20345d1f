package imageservice.formats.fat;

import imageservice.formats.blob.Blob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/// Random trees with everything that has to be named and laid out with care.
final class FatTrees {
  private static final String[] PARTS = {
    "a",
    "B",
    "Talos-v1.9.5",
    ".disk",
    "Größe",
    "日本語",
    "x y",
    "name.with.dots.conf",
    "ß",
    "-",
    "😀",
    "README",
    "loader",
    ".EFI",
    ".conf",
    "LOADER~1",
    "+,;=[]"
  };

  private final Random random;
  private final int maxContent;
  private int budget;

  FatTrees(long seed, int budget, int maxContent) {
    this.random = new Random(seed);
    this.budget = budget;
    this.maxContent = maxContent;
  }

  FatDirectory root() {
    return new FatDirectory("", entries(0));
  }

  private List<FatEntry> entries(int depth) {
    Set<String> names = new HashSet<>();
    List<FatEntry> entries = new ArrayList<>();
    int count = 3 + random.nextInt(random.nextInt(6) == 0 ? 100 : 12);
    for (int i = 0; i < count && budget > 0; i++, budget--) {
      String name = name();
      if (!names.add(name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT))) {
        continue;
      }
      if (depth < 6 && random.nextInt(4) == 0) {
        entries.add(new FatDirectory(name, entries(depth + 1)));
      } else {
        entries.add(new FatFile(name, content(), random.nextInt(5) == 0));
      }
    }
    return entries;
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      name.append(PARTS[random.nextInt(PARTS.length)]);
      if (random.nextInt(3) == 0) {
        name.append(random.nextInt(100));
      }
    }
    int length = random.nextInt(12) == 0 ? 100 + random.nextInt(156) : 0;
    while (name.length() < length) {
      name.append("abcdefghIJKLMNOP_".charAt(random.nextInt(17)));
    }
    // the judges' own file system holds 255 bytes
    while (name.toString().getBytes(StandardCharsets.UTF_8).length > 255) {
      name.setLength(name.length() - 1);
    }
    return name.toString();
  }

  private Blob content() {
    byte[] bytes = new byte[random.nextInt(5) == 0 ? 0 : random.nextInt(maxContent)];
    random.nextBytes(bytes);
    return Blob.of(bytes);
  }
}
