package imageservice.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

final class DeflateTest {
  @Test
  void inflatesZerosOfAnyLength() throws DataFormatException {
    for (int length = 1; length < 1200; length++) {
      assertThat(inflated(Deflate.zeros(length))).isEqualTo(new byte[length]);
    }
    assertThat(inflated(Deflate.zeros(1 << 20))).isEqualTo(new byte[1 << 20]);
    assertThat(Deflate.zeros(1 << 20)).hasSizeLessThan(1100);
  }

  @Test
  void inflatesMatchesOfEveryLengthAndFarDistances() throws DataFormatException {
    Random random = new Random(8);
    for (int length = 0; length < 600; length++) {
      byte[] run = new byte[length];
      random.nextBytes(run);
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      content.writeBytes(run);
      byte[] between = new byte[random.nextInt(1 + random.nextInt(33_500))];
      random.nextBytes(between);
      content.writeBytes(between);
      content.writeBytes(run);
      assertThat(inflated(Deflate.blocks(content.toByteArray())))
          .as("length %d, distance %d", length, length + between.length)
          .isEqualTo(content.toByteArray());
    }
  }

  @Test
  void shortensTexts() {
    byte[] text =
        "layers:\n    - image: 0.sqsh\n"
            .repeat(100)
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    assertThat(Deflate.blocks(text)).hasSizeLessThan(90);
  }

  /// Codes of one symbol, of all of them, of the longest bits, and blocks of different kinds.
  @Test
  void inflatesContentOfAnyDistribution() throws DataFormatException {
    Random random = new Random(9);
    for (int values = 1; values <= 256; values += values < 20 ? 1 : 47) {
      for (int skew = 1; skew < 12; skew++) {
        byte[] content = new byte[random.nextInt(200_000)];
        for (int i = 0; i < content.length; i++) {
          content[i] = (byte) (values * Math.pow(random.nextDouble(), skew));
        }
        assertThat(inflated(Deflate.blocks(content))).as("%d^%d", values, skew).isEqualTo(content);
        assertThat(inflated(Deflate.lastBlocks(content))).isEqualTo(content);
        assertThat(inflated(Deflate.lastBlock(content))).isEqualTo(content);
      }
    }
  }

  /// A code of Fibonacci's numbers would have one bit more for each symbol.
  @Test
  void codesAreNoLongerThanTheirLimit() {
    int[] frequencies = new int[30];
    frequencies[0] = 1;
    frequencies[1] = 1;
    for (int i = 2; i < frequencies.length; i++) {
      frequencies[i] = frequencies[i - 1] + frequencies[i - 2];
    }
    HuffmanCode code = HuffmanCode.ofFrequencies(frequencies, 15);
    double whole = 0;
    for (int i = 0; i < frequencies.length; i++) {
      assertThat(code.length(i)).isBetween(1, 15);
      whole += Math.pow(2, -code.length(i));
    }
    assertThat(whole).as("Kraft's sum").isEqualTo(1.0);
  }

  @Test
  void isNotMuchLongerThanZlibsFastest() {
    byte[] text = new byte[300_000];
    Random random = new Random(10);
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) "etaoin shrdlu".charAt((int) (13 * Math.pow(random.nextDouble(), 2)));
    }
    Deflater deflater = new Deflater(1, true);
    try {
      deflater.setInput(text);
      deflater.finish();
      int zlibs = deflater.deflate(new byte[text.length]);
      assertThat(Deflate.blocks(text).length).isLessThan(zlibs * 102 / 100);
    } finally {
      deflater.end();
    }
  }

  private static byte[] inflated(byte[] blocks) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(blocks);
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 16];
      for (int got = inflater.inflate(buffer); got > 0; got = inflater.inflate(buffer)) {
        content.write(buffer, 0, got);
      }
      assertThat(inflater.getRemaining()).isZero();
      return content.toByteArray();
    } finally {
      inflater.end();
    }
  }
}
