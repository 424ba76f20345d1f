package imageservice.formats.squashfs;

import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.SquashfsEntry.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Trees with names and sizes on and around every limit.
public final class RandomTree {
  private static final int[] SIZES = {
    0, 1, 100, 8191, 8192, 8193, 131_071, 131_072, 131_073, 262_144, 400_000
  };

  private final Random random;

  public RandomTree(Random random) {
    this.random = random;
  }

  public List<SquashfsEntry> entries(int count) {
    List<String> directories = new ArrayList<>(List.of(""));
    List<SquashfsEntry> entries = new ArrayList<>();
    entries.add(new SquashfsEntry.Directory("", new Attributes(0755, 1)));
    byte[] before = new byte[0];
    for (int i = 0; i < count; i++) {
      String path = directories.get(random.nextInt(directories.size())) + name(i);
      Attributes attributes = new Attributes(0400 | random.nextInt(010000), time());
      // Whoever runs the judge must be able to look into directories.
      Attributes searchable = new Attributes(0700 | attributes.permissions(), attributes.mtime());
      switch (random.nextInt(6)) {
        case 0 -> {
          entries.add(new SquashfsEntry.Directory(path, searchable));
          if (path.length() < 3000) {
            directories.add(path + "/");
          }
        }
        case 1 ->
            entries.add(
                new SquashfsEntry.Symlink(
                    path, new Attributes(0777, time()), "t".repeat(1 + random.nextInt(4095))));
        case 2 -> entries.add(new SquashfsEntry.File(path, attributes, Blob.of(before)));
        default -> {
          before = content();
          entries.add(new SquashfsEntry.File(path, attributes, Blob.of(before)));
        }
      }
    }
    return entries;
  }

  private String name(int i) {
    String unique = "%c%d".formatted("-._ABYZabyz~+ ".charAt(random.nextInt(14)), i);
    return random.nextInt(8) > 0 ? unique : unique + "n".repeat(255 - unique.length());
  }

  private long time() {
    return random.nextInt(Integer.MAX_VALUE);
  }

  private byte[] content() {
    int size = random.nextBoolean() ? SIZES[random.nextInt(SIZES.length)] : random.nextInt(5000);
    byte[] content = new byte[size];
    switch (random.nextInt(3)) {
      case 0 -> random.nextBytes(content);
      case 1 -> java.util.Arrays.fill(content, (byte) random.nextInt(256));
      default -> {
        for (int at = 0; at < size; at += 1 + random.nextInt(70_000)) {
          content[at] = (byte) random.nextInt(256);
        }
      }
    }
    return content;
  }
}
