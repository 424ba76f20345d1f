package imageservice.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.FinishableWrapperOutputStream;
import org.tukaani.xz.LZMA2InputStream;
import org.tukaani.xz.LZMA2Options;

final class LzmaChunksTest {
  @Test
  void decodesToZerosOfAnyLength() throws IOException {
    for (int length = 1; length < 2000; length++) {
      assertThat(decoded(LzmaChunks.ofZeros(length))).as("%d", length).isEqualTo(new byte[length]);
    }
    for (int length : new int[] {65_535, 65_536, 65_537, 1 << 20, LzmaChunks.MAX}) {
      assertThat(decoded(LzmaChunks.ofZeros(length))).as("%d", length).isEqualTo(new byte[length]);
    }
  }

  @Test
  void isShort() {
    assertThat(LzmaChunks.ofZeros(LzmaChunks.MAX)).hasSizeLessThan(500);
  }

  @Test
  void decodesToTheirContent() throws IOException {
    RandomContent contents = new RandomContent(new Random(11));
    for (int round = 0; round < 400; round++) {
      byte[] content = contents.bytes();
      assertThat(decoded(LzmaChunks.of(content))).as("round %d", round).isEqualTo(content);
    }
  }

  /// What is coded in more than 64 KiB needs several chunks.
  @Test
  void oneContentHasAsManyChunksAsItNeeds() throws IOException {
    byte[] content = new byte[LzmaChunks.MAX];
    new Random(12).nextBytes(content);
    for (int i = 0; i < content.length; i += 7) {
      content[i] = 0;
    }
    assertThat(decoded(LzmaChunks.of(content))).isEqualTo(content);
  }

  @Test
  void decodesMatchesOfEveryLengthAndDistance() throws IOException {
    Random random = new Random(13);
    for (int length = 1; length < 600; length++) {
      byte[] content = new byte[2 * length + random.nextInt(1 + random.nextInt(33_500))];
      random.nextBytes(content);
      System.arraycopy(content, 0, content, content.length - length, length);
      assertThat(decoded(LzmaChunks.of(content)))
          .as("length %d, distance %d", length, content.length - length)
          .isEqualTo(content);
    }
  }

  @ParameterizedTest
  @EnumSource
  void decodesHostileContent(HostileContent content) throws IOException {
    assertThat(decoded(LzmaChunks.of(content.bytes()))).isEqualTo(content.bytes());
  }

  @Test
  void isNotMuchLongerThanTheLibrarys() throws IOException {
    RandomContent contents = new RandomContent(new Random(14));
    long ours = 0;
    long theirs = 0;
    for (int round = 0; round < 100; round++) {
      byte[] content = contents.bytes();
      ours += Math.min(content.length, LzmaChunks.of(content).length);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (OutputStream lzma2 =
          new LZMA2Options(1).getOutputStream(new FinishableWrapperOutputStream(out))) {
        lzma2.write(content);
      }
      theirs += out.size();
    }
    assertThat(ours).isLessThan(theirs * 110 / 100);
  }

  private static byte[] decoded(byte[] chunk) throws IOException {
    byte[] ended = Arrays.copyOf(chunk, chunk.length + 1);
    try (LZMA2InputStream in =
        new LZMA2InputStream(new ByteArrayInputStream(ended), Lzma2.DICTIONARY)) {
      return in.readAllBytes();
    }
  }
}
