package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.CachedBlob;
import imageservice.builder.cache.Derived;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.vmdk.Grains;
import imageservice.formats.vmdk.StreamOptimizedVmdk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptGrainsTest {
  private static final int GRAIN = Grains.SIZE;
  private static final int LARGEST = 1 << 26;

  @TempDir Path folder = Path.of("unset");

  private final List<String> made = new ArrayList<>();
  private final Derived afresh = Derived.afresh();
  private final Map<String, Blob> kept = new HashMap<>();

  /// Seventeen grains and a bit, so that they are compressed in more than one go.
  private CachedBlob kernel() throws IOException {
    byte[] content = new byte[18 * GRAIN + 5];
    new Random(3).nextBytes(content);
    java.util.Arrays.fill(content, GRAIN, 9 * GRAIN, (byte) 'x');
    return new BlobCache(folder, 1L << 30, () -> Instant.EPOCH)
        .put(new ByteArrayInputStream(content));
  }

  @Test
  void whatIsKeptIsWhatIsMadeAnew() throws IOException {
    for (int from : new int[] {0, 17, GRAIN - 1}) {
      Grains anew = Grains.deflate(kernel(), from, 17);
      for (int again = 0; again < 2; again++) {
        Grains grains = new KeptGrains(this::keep).make(kernel(), from, 17);
        assertThat(grains.grains()).isEqualTo(anew.grains());
        assertThat(Blob.slice(grains.streams(), 0, anew.streams().length()).bytes(LARGEST))
            .isEqualTo(anew.streams().bytes(LARGEST));
      }
    }
    assertThat(made).hasSize(3);
  }

  @Test
  void aSecondDiskCompressesNoneOfTheSameMaterialAtTheSamePlaceWithinAGrain() throws IOException {
    byte[] first = disk(GRAIN + 512, 1);
    assertThat(made).hasSize(1);
    disk(7 * GRAIN + 512, 2);
    assertThat(made).hasSize(1);
    disk(GRAIN + 1_024, 3);
    assertThat(made).hasSize(2);
    assertThat(disk(GRAIN + 512, 1)).isEqualTo(first);
  }

  @Test
  void whatDoesNotComeFromTheCacheIsNotKept() throws IOException {
    Blob fresh = Blob.of(kernel().bytes(LARGEST));
    new KeptGrains(this::keep).make(fresh, 0, 3);
    assertThat(made).isEmpty();
  }

  /// @param fill of the bytes around the kernel
  private byte[] disk(long at, int fill) throws IOException {
    Blob disk =
        Extents.builder()
            .add(new byte[] {(byte) fill})
            .zerosTo(at)
            .add(kernel())
            .zerosTo(4 << 20)
            .build();
    return StreamOptimizedVmdk.of(disk, 9, new KeptGrains(this::keep)).bytes(LARGEST);
  }

  private Blob keep(String name, Derived.Maker maker) throws IOException {
    if (!kept.containsKey(name)) {
      made.add(name);
      kept.put(name, afresh.of(name, maker));
    }
    return java.util.Objects.requireNonNull(kept.get(name));
  }
}
