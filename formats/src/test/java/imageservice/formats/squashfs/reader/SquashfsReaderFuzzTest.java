package imageservice.formats.squashfs.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.RandomTree;
import imageservice.formats.squashfs.Scratch;
import imageservice.formats.squashfs.SquashfsCompression;
import imageservice.formats.squashfs.SquashfsEntry;
import imageservice.formats.squashfs.SquashfsImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SquashfsReaderFuzzTest {
  private static final int LIMIT = 1 << 16;

  @FuzzTest
  void onlyMalformedExceptionEscapes(byte[] image) throws IOException {
    isRead(image);
  }

  @Test
  void survivesChangedBytes() throws IOException {
    byte[] image = ReadTree.everyKind().bytes(1 << 20);
    int used = 10_500;
    assertThat(survives(image, 5_000, used)).isGreaterThan(1000);
  }

  @Test
  void survivesChangedBytesOfCompressedImages() throws IOException {
    for (SquashfsCompression compression : SquashfsCompression.values()) {
      List<SquashfsEntry> entries = new RandomTree(new Random(3)).entries(20);
      byte[] image = SquashfsImage.of(entries, compression, 0, Scratch.inMemory()).bytes(1 << 26);
      assertThat(survives(image, 150, image.length)).isPositive();
    }
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    byte[] image = ReadTree.everyKind().bytes(1 << 20);
    int used =
        (int) java.nio.ByteBuffer.wrap(image).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong(40);
    for (int length = 0; length < used; length += 7) {
      assertThat(isRead(Arrays.copyOf(image, length))).as("%d bytes", length).isFalse();
    }
    assertThat(isRead(Arrays.copyOf(image, used))).isTrue();
  }

  /// How many of the changed images were refused.
  private static int survives(byte[] image, int rounds, int used) throws IOException {
    long seed = 11;
    System.out.println("squashfs fuzz: seed " + seed);
    Random random = new Random(seed);
    int refused = 0;
    for (int round = 0; round < rounds; round++) {
      byte[] changed = image.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        // Most bytes are content: half of the changes are to the tables at the end.
        int from = random.nextBoolean() ? 0 : Math.max(used - 1500, 0);
        int at = random.nextInt(8) == 0 ? random.nextInt(96) : random.nextInt(from, used);
        changed[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : changed[at] ^ 1);
      }
      refused += isRead(changed) ? 0 : 1;
    }
    return refused;
  }

  private static boolean isRead(byte[] image) throws IOException {
    try {
      ReadTree.all(Blob.of(image), LIMIT);
      return true;
    } catch (MalformedException expected) {
      return false;
    }
  }
}
