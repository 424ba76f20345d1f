package imageservice.json;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.plan.BuildPlanJson;
import imageservice.release.ReleaseIndexJson;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever the text, only {@link MalformedJsonException} escapes.
final class JsonFieldsFuzzTest {
  private static final long SEED = 1_974;
  private static final int ROUNDS = 20_000;
  private static final String SEEDLING =
      "{\"recipe\":\"initramfs/2\",\"initramfs\":{\"base\":{\"repository\":\"a\",\"image\":\"sha256:"
          + "0".repeat(64)
          + "\",\"path\":\"p\"},\"compression\":\"ZSTD\",\"extensions\":[{\"name\":\"n\",\"files\":[]}]}}";
  private static final String INDEX =
      "{\"releases\":[{\"version\":\"v1.9.5\",\"imager\":\"sha256:" + "0".repeat(64) + "\"}]}";
  private static final String[] FRAGMENTS = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\u",
    "\\ud800",
    "null",
    "1e999999999",
    "-0",
    "1E-400",
    "99999999999999999999999",
    "true",
    "\u0000",
    "\ud800",
    "\ufeff",
    "{\"a\":",
    "[[[[[["
  };

  @Test
  void onlyMalformedJsonEscapes() {
    Random random = new Random(SEED);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String text = mutated(random.nextBoolean() ? SEEDLING : INDEX, random);
      refused += isRefused(text) ? 1 : 0;
    }
    assertThat(refused).as("seed %d", SEED).isGreaterThan(ROUNDS / 2);
  }

  @Test
  void depthAndLengthAreRefusedToo() {
    assertThat(isRefused("{\"a\":".repeat(100_000))).isTrue();
    assertThat(isRefused("[".repeat(1_000_000))).isTrue();
    assertThat(isRefused("{\"a\":" + "9".repeat(100_000) + "}")).isTrue();
  }

  private static boolean isRefused(String text) {
    int refusals = 0;
    try {
      ReleaseIndexJson.read(text);
    } catch (MalformedJsonException e) {
      refusals++;
    }
    try {
      BuildPlanJson.read(text);
    } catch (MalformedJsonException e) {
      assertThat(e.getMessage()).doesNotContain("\n");
      refusals++;
    }
    return refusals == 2;
  }

  private static String mutated(String text, Random random) {
    StringBuilder mutant = new StringBuilder(text);
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(mutant.length());
      switch (random.nextInt(4)) {
        case 0 -> mutant.deleteCharAt(at);
        case 1 -> mutant.insert(at, FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
        case 2 -> mutant.setCharAt(at, (char) random.nextInt(0x80));
        default -> mutant.insert(at, mutant.substring(at, Math.min(at + 40, mutant.length())));
      }
    }
    return mutant.toString();
  }
}
