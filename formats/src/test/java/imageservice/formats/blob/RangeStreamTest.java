package imageservice.formats.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What streams of ranges have in common, by those of files and of extents.
final class RangeStreamTest {
  private static final long SEED = 41;

  @TempDir Path folder;

  @Test
  void readsAndSkipsInAnyOrder() throws IOException {
    Random random = new Random(SEED);
    byte[] content = new byte[3000];
    random.nextBytes(content);
    for (Blob blob : blobs(content)) {
      for (int round = 0; round < 300; round++) {
        int first = random.nextInt(content.length);
        int end = first + random.nextInt(content.length - first);
        try (InputStream in = blob.open(first, end - first)) {
          assertStreams(in, Arrays.copyOfRange(content, first, end), random, round);
        }
      }
    }
  }

  private static void assertStreams(InputStream in, byte[] expected, Random random, int round)
      throws IOException {
    int position = 0;
    while (position < expected.length) {
      int count = random.nextInt(200);
      if (random.nextBoolean()) {
        position += Math.toIntExact(in.skip(count));
        continue;
      }
      byte[] buffer = new byte[count + 2];
      int got = in.read(buffer, 1, count);
      assertThat(got).as("seed %d, round %d", SEED, round).isBetween(Math.min(1, count), count);
      assertThat(Arrays.copyOfRange(buffer, 1, 1 + got))
          .isEqualTo(Arrays.copyOfRange(expected, position, position + got));
      position += got;
    }
    assertThat(in.read()).isEqualTo(-1);
    assertThat(in.skip(1)).isZero();
    assertThat(in.read(new byte[0])).isZero();
  }

  @Test
  void refusesARunOutsideTheBuffer() throws IOException {
    for (Blob blob : blobs(new byte[3000])) {
      try (InputStream in = blob.open()) {
        assertThatThrownBy(() -> in.read(new byte[4], 2, 3))
            .isInstanceOf(IndexOutOfBoundsException.class);
      }
    }
  }

  /// An end would pass for that of the content.
  @Test
  void aClosedStreamHasNoEnd() throws IOException {
    for (Blob blob : blobs(new byte[3000])) {
      InputStream in = blob.open();
      in.close();
      assertThatThrownBy(in::read).isInstanceOf(IOException.class);
    }
  }

  /// The same content, in a file, and in slices of it and of memory.
  private List<Blob> blobs(byte[] content) throws IOException {
    FileBlob file = new FileBlob(Files.write(folder.resolve("content"), content));
    return List.of(
        file,
        Extents.builder()
            .add(new Extent.Slice(file, 0, 700))
            .add(Arrays.copyOfRange(content, 700, 1100))
            .add(new Extent.Slice(file, 1100, 1))
            .add(new Extent.Slice(file, 1101, 1899))
            .build());
  }
}
