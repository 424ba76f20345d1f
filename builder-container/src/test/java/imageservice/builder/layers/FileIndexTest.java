package imageservice.builder.layers;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Architecture;
import imageservice.builder.cache.BlobCache;
import imageservice.release.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileIndexTest {
  private static final Digest IMAGE = Digest.of(new byte[] {1});

  @TempDir Path folder = Path.of("unset");

  @Test
  void believesNothingWhateverBitIsFlipped() throws IOException {
    try (BlobCache cache = cache()) {
      FileIndex index = new FileIndex(cache);
      FileIndex.Known known = save(index, cache);
      byte[] written = Files.readAllBytes(file());
      for (int bit = 0; bit < written.length * Byte.SIZE; bit++) {
        byte[] damaged = written.clone();
        damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        Files.write(file(), damaged);
        assertThat(index.load(IMAGE, Architecture.AMD64))
            .as("bit %d", bit)
            .isEqualTo(FileIndex.Known.NOTHING);
      }
      Files.write(file(), written);
      assertThat(index.load(IMAGE, Architecture.AMD64)).isEqualTo(known);
    }
  }

  /// Which had no seal.
  @Test
  void believesNoIndexOfTheVersionBefore() throws IOException {
    try (BlobCache cache = cache()) {
      FileIndex index = new FileIndex(cache);
      Files.write(file(), FileIndexJson.encode(save(index, cache)));
      assertThat(index.load(IMAGE, Architecture.AMD64)).isEqualTo(FileIndex.Known.NOTHING);
    }
  }

  private static FileIndex.Known save(FileIndex index, BlobCache cache) throws IOException {
    TreeMap<String, TreeEntry> entries = new TreeMap<>();
    entries.put("usr", new TreeEntry.Directory(0755, null));
    entries.put("usr/l", new TreeEntry.Symlink(0777, "label", "target"));
    entries.put(
        "usr/f",
        new TreeEntry.File(0644, null, cache.put(new ByteArrayInputStream(new byte[] {2}))));
    FileIndex.Known known = new FileIndex.Known(Set.of("usr"), entries);
    index.save(IMAGE, Architecture.AMD64, known);
    return known;
  }

  private Path file() {
    return folder.resolve("files").resolve(IMAGE.hex()).resolve("amd64.json");
  }

  private BlobCache cache() throws IOException {
    return new BlobCache(folder, 1L << 20, () -> Instant.EPOCH);
  }
}
