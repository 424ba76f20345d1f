package imageservice.formats.compress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GzipTest {
  private static final long SEED = 20_261_127L;

  @Test
  void aTextAlwaysGivesTheseBytes() {
    assertThat(hex("")).isEqualTo("1f8b08000000000002ff" + "0300" + "00000000" + "00000000");
    assertThat(hex("machine:\n  install:\n    disk: /dev/sda\n  install:\n    disk: /dev/sdb\n"))
        .isEqualTo(
            "1f8b08000000000002ff"
                + "cb4d4ccec8cc4bb5e25250c8cc2b2e49ccc90131151452328bb3ad14f45352cbf48b5312f1ca26710100"
                + "7209bce3"
                + "45000000");
    assertThat(hex("x".repeat(700)))
        .isEqualTo("1f8b08000000000002ff" + "ab1805a360880200" + "e9e6bef7" + "bc020000");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 257, 258, 259, 260, 516, 1000, 40_000})
  void theJdkReadsRunsOfEveryLength(int length) throws IOException {
    assertReadBack("x".repeat(length).getBytes(UTF_8), "run of " + length);
    assertReadBack(("x".repeat(length) + "y" + "x".repeat(length)).getBytes(UTF_8), "two runs");
  }

  @Test
  void theJdkReadsWhatIsWritten() throws IOException {
    RandomContent content = new RandomContent(new Random(SEED));
    for (int round = 0; round < 200; round++) {
      assertReadBack(content.bytes(), "seed %d, round %d".formatted(SEED, round));
    }
  }

  @Test
  void theJdkReadsMatchesAcrossTheWholeWindow() throws IOException {
    for (int distance : new int[] {24_577, 32_767, 32_768, 32_769}) {
      byte[] plain = new byte[distance + 300];
      new Random(SEED).nextBytes(plain);
      System.arraycopy(plain, 0, plain, distance, 300);
      assertReadBack(plain, "distance " + distance);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theJdkReadsTheMostHostileTexts(HostileContent content) throws IOException {
    assertReadBack(content.bytes(), content.name());
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(Gzip.member(text.getBytes(UTF_8)));
  }

  private static void assertReadBack(byte[] plain, String description) throws IOException {
    byte[] packed = Gzip.member(plain);
    assertThat(Arrays.copyOf(packed, 10))
        .isEqualTo(HexFormat.of().parseHex("1f8b08000000000002ff"));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      assertThat(Arrays.equals(in.readAllBytes(), plain)).as(description).isTrue();
    }
  }
}
