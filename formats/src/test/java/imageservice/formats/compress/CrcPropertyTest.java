package imageservice.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CrcPropertyTest {
  @Test
  void hasTheCheckValuesOfTheCatalogue() throws IOException {
    byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertThat(Crc32.of(check)).isEqualTo(0xCBF4_3926L);
    assertThat(Crc64.of(check)).isEqualTo(0x995D_C9BB_DF19_39FAL);
    assertThat(Crc32.of(new ByteArrayInputStream(check))).isEqualTo(0xCBF4_3926L);
    assertThat(Crc64.of(new ByteArrayInputStream(check))).isEqualTo(0x995D_C9BB_DF19_39FAL);
  }

  @Test
  void combinesAnyTwoContents() {
    long seed = 4;
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      byte[] all = new byte[random.nextInt(3000)];
      random.nextBytes(all);
      int cut = random.nextInt(all.length + 1);
      byte[] first = Arrays.copyOf(all, cut);
      byte[] second = Arrays.copyOfRange(all, cut, all.length);
      assertThat(Crc32.combine(Crc32.of(first), Crc32.of(second), second.length))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(Crc32.of(all));
      assertThat(Crc64.combine(Crc64.of(first), Crc64.of(second), second.length))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(Crc64.of(all));
    }
  }

  @Test
  void knowsZerosOfAnyLength() {
    for (int length : new int[] {0, 1, 2, 3, 7, 8, 9, 511, 512, 65_537, 10_000_001}) {
      assertThat(Crc32.ofZeros(length)).isEqualTo(Crc32.of(new byte[length]));
      assertThat(Crc64.ofZeros(length)).isEqualTo(Crc64.of(new byte[length]));
    }
  }

  @Test
  void agreesWithItselfOnLengthsNobodyReads() {
    long first = (1L << 50) + 12_345;
    long second = (1L << 40) + 678;
    assertThat(Crc32.combine(Crc32.ofZeros(first), Crc32.ofZeros(second), second))
        .isEqualTo(Crc32.ofZeros(first + second));
    assertThat(Crc64.combine(Crc64.ofZeros(first), Crc64.ofZeros(second), second))
        .isEqualTo(Crc64.ofZeros(first + second));
  }
}
