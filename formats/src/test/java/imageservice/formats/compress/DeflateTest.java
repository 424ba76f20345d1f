package imageservice.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.zip.DataFormatException;
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
