package imageservice.plan.cmdline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GzipTest {
  private static final long SEED = 20_260_815;

  @Test
  void aTextAlwaysGivesTheseBytes() {
    assertThat(hex("")).isEqualTo("1f8b08000000000002ff03000000000000000000");
    assertThat(hex("a")).isEqualTo("1f8b08000000000002ff4b040043beb7e801000000");
    assertThat(hex("aaaaaaaa")).isEqualTo("1f8b08000000000002ff4b840200468084bf08000000");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 257, 258, 259, 260, 516, 1000, 40_000})
  void theJdkReadsRunsOfEveryLength(int length) throws IOException {
    assertReadBack("x".repeat(length).getBytes(UTF_8), "run of " + length);
    assertReadBack(("x".repeat(length) + "y" + "x".repeat(length)).getBytes(UTF_8), "two runs");
  }

  @Test
  void theJdkReadsWhatIsWritten() throws IOException {
    Random random = new Random(SEED);
    for (int round = 0; round < 400; round++) {
      byte[] plain = new byte[random.nextInt(3_000)];
      int letters = 1 + random.nextInt(256);
      for (int i = 0; i < plain.length; i++) {
        boolean copy = i > 40 && random.nextInt(4) > 0;
        plain[i] = copy ? plain[i - 1 - random.nextInt(3) * 17] : (byte) random.nextInt(letters);
      }
      assertReadBack(plain, "seed %d, round %d".formatted(SEED, round));
    }
  }

  @Test
  void theJdkReadsMatchesAcrossTheWholeWindow() throws IOException {
    byte[] plain = new byte[70_000];
    new Random(SEED).nextBytes(plain);
    for (int distance : new int[] {24_577, 32_767, 32_768, 32_769}) {
      System.arraycopy(plain, 0, plain, distance, 300);
    }
    assertReadBack(plain, "seed " + SEED);
  }

  /// Documents of this size are accepted; a search of the whole window at each byte takes minutes.
  @Test
  void theLongestTextIsPackedWithoutSearchingEverythingEverywhere() throws IOException {
    byte[] noise = new byte[380_000];
    new Random(SEED).nextBytes(noise);
    assertReadBack(noise, "seed " + SEED);
    assertReadBack("ab".repeat(190_000).getBytes(UTF_8), "pairs");
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(Gzip.compress(text.getBytes(UTF_8)));
  }

  private static void assertReadBack(byte[] plain, String description) throws IOException {
    byte[] packed = Gzip.compress(plain);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      assertThat(in.readAllBytes()).as(description).isEqualTo(plain);
    }
  }
}
