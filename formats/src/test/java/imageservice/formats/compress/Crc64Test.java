package imageservice.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.check.CRC64;

final class Crc64Test {
  private static final long SEED = 64L;

  /// The check value of CRC-64/XZ in the catalogues of parametrised CRCs.
  @Test
  void hasTheCheckValue() {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertThat(crc(digits, 0, digits.length)).isEqualTo(0x995D_C9BB_DF19_39FAL);
    assertThat(crc(new byte[0], 0, 0)).isZero();
  }

  /// The check value of CRC-64/NVME in the catalogues of parametrised CRCs.
  @Test
  void hasTheCheckValueOfNvme() {
    Crc64 crc = new Crc64(Crc64.Kind.NVME);
    crc.update("123456789".getBytes(StandardCharsets.US_ASCII), 0, 9);
    assertThat(crc.value()).isEqualTo(0xAE8B_1486_0A79_9888L);
    crc.reset();
    assertThat(crc.value()).isZero();
  }

  @Test
  void agreesWithXzAndCombines() {
    Random random = new Random(SEED);
    for (int round = 0; round < 200; round++) {
      byte[] content = new byte[random.nextInt(3000)];
      random.nextBytes(content);
      int cut = random.nextInt(content.length + 1);
      CRC64 xz = new CRC64();
      xz.update(content, 0, content.length);
      long expected =
          java.nio.ByteBuffer.wrap(xz.finish()).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong();
      assertThat(crc(content, 0, content.length))
          .as("seed %d, round %d", SEED, round)
          .isEqualTo(expected)
          .isEqualTo(
              Crc64.combine(
                  crc(content, 0, cut),
                  crc(content, cut, content.length - cut),
                  content.length - cut));
    }
  }

  private static long crc(byte[] content, int from, int count) {
    Crc64 crc = new Crc64();
    crc.update(content, from, count);
    return crc.value();
  }
}
