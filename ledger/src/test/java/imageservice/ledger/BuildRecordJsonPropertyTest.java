package imageservice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.json.MalformedJsonException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BuildRecordJsonPropertyTest {
  private static final long SEED = 77;
  private static final String HEAD =
      "{\"objectKey\":\"o\",\"assetKey\":\"a\",\"fence\":1,\"attempt\":1,\"startedAt\":0";

  @Test
  void whatIsWrittenIsReadBack() throws MalformedJsonException {
    Random random = new Random(SEED);
    for (int round = 0; round < 1_000; round++) {
      BuildRecord record =
          new BuildRecord(
              "g1/" + text(random),
              text(random),
              random.nextLong() >>> 1,
              random.nextInt(5),
              time(random),
              state(random));
      assertThat(BuildRecordJson.read(BuildRecordJson.write(record)))
          .as("seed %d, round %d", SEED, round)
          .isEqualTo(record);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "} | failed: missing",
        ",\"ready\":{\"size\":1,\"sha256\":\"x\",\"at\":0},\"more\":1} | more: unknown field",
        ",\"ready\":{\"size\":1,\"sha256\":\"x\",\"at\":0,\"more\":1}} | ready.more: unknown field",
        ",\"ready\":{\"size\":\"1\"}} | ready.size: not an integer",
        ",\"running\":{\"claimed\":true,\"stage\":\"DREAMING\"}} | unknown Stage: DREAMING",
        ",\"failed\":{\"kind\":\"FATE\"}} | unknown FailureKind: FATE",
      })
  void namesWhatIsWrong(String tail, String message) {
    assertMalformed(HEAD + tail, message);
  }

  @Test
  void aCountBeyondAnIntIsMalformed() {
    String ready = ",\"ready\":{\"size\":1,\"sha256\":\"x\",\"at\":0}}";
    assertMalformed(
        HEAD.replace("\"attempt\":1", "\"attempt\":4294967297") + ready,
        "attempt: not a number of attempts: 4294967297");
  }

  private static void assertMalformed(String text, String message) {
    assertThatThrownBy(() -> BuildRecordJson.read(text))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage(message);
  }

  private static BuildState state(Random random) {
    Stage stage = one(random, Stage.values());
    return switch (random.nextInt(3)) {
      case 0 ->
          new BuildState.Running(
              random.nextBoolean(),
              new Progress(stage, random.nextLong() >>> 1, random.nextLong() >>> 1),
              time(random));
      case 1 -> new BuildState.Ready(random.nextLong() >>> 1, text(random), time(random));
      default ->
          new BuildState.Failed(
              one(random, FailureKind.values()), stage, text(random), time(random));
    };
  }

  private static <T> T one(Random random, T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static Instant time(Random random) {
    return Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      text.append("ab\"\\\n\t{}\u00e9\u2028".charAt(random.nextInt(10)));
    }
    return text.toString();
  }
}
