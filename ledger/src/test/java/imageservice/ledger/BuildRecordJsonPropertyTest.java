package imageservice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.AttachmentTag;
import imageservice.json.MalformedJsonException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BuildRecordJsonPropertyTest {
  private static final long SEED = 77;
  private static final String HEAD =
      "{\"objectKey\":\"%s\",\"assetKey\":\"%s\",\"fence\":1,\"attempt\":1,\"startedAt\":0"
          .formatted(Builds.ADDRESS, Builds.PLAN);

  @Test
  void whatIsWrittenIsReadBack() throws MalformedJsonException {
    Random random = new Random(SEED);
    for (int round = 0; round < 1_000; round++) {
      BuildRecord record =
          new BuildRecord(
              asset(random),
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
        ",\"ready\":{\"size\":\"1\"}} | ready.size: not an integer",
        ",\"ready\":{\"size\":1,\"sha256\":\"x\",\"at\":0}} | sha256: not a SHA-256: x",
      })
  void namesWhatIsWrong(String tail, String message) {
    assertMalformed(HEAD + tail, message);
  }

  /// Two versions of the service share the table during a deployment.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ",\"ready\":{\"size\":1,\"sha256\":\"HEX\",\"at\":0,\"more\":{}},\"more\":1} | Ready",
        ",\"ready\":{\"size\":1,\"sha256\":\"HEX\",\"at\":0,\"contents\":[{\"size\":2,\"sha256\":\"HEX\",\"more\":1}]}} | Ready",
        ",\"running\":{\"claimed\":true,\"stage\":\"SIGNING\",\"doneBytes\":1,\"totalBytes\":2,\"leaseUntil\":3}} | Running",
        ",\"running\":{\"claimed\":false,\"stage\":\"QUEUED\",\"doneBytes\":0,\"totalBytes\":0,\"leaseUntil\":3}} | Queued",
        ",\"failed\":{\"kind\":\"FATE\",\"stage\":\"SIGNING\",\"message\":\"m\",\"retryAt\":0}} | Failed",
      })
  void readsWhatALaterVersionWrote(String tail, String state) throws MalformedJsonException {
    BuildRecord record = BuildRecordJson.read(HEAD + tail.replace("HEX", "ab".repeat(32)));
    assertThat(record.address()).isEqualTo(Builds.ADDRESS);
    assertThat(record.state().getClass().getSimpleName()).isEqualTo(state);
  }

  /// An earlier version wrote none.
  @Test
  void aRecordWithoutWarningsHasNone() throws MalformedJsonException {
    String failed =
        ",\"failed\":{\"kind\":\"SOURCE\",\"stage\":\"QUEUED\",\"message\":\"m\",\"retryAt\":0}}";
    assertThat(BuildRecordJson.read(HEAD + failed).asset()).isEqualTo(Builds.ASSET);
  }

  @Test
  void aStageOrKindThatIsNotKnownIsTakenForTheNearest() throws MalformedJsonException {
    String failed =
        ",\"failed\":{\"kind\":\"FATE\",\"stage\":\"SIGNING\",\"message\":\"m\",\"retryAt\":0}}";
    assertThat(BuildRecordJson.read(HEAD + failed).state())
        .isEqualTo(new BuildState.Failed(FailureKind.DEFECT, Stage.QUEUED, "m", Instant.EPOCH));
  }

  @Test
  void aCountBeyondAnIntIsMalformed() {
    String ready = ",\"ready\":{\"size\":1,\"sha256\":\"HEX\",\"at\":0}}";
    assertMalformed(
        HEAD.replace("\"attempt\":1", "\"attempt\":4294967297") + ready,
        "attempt: not a number of times: 4294967297");
  }

  private static void assertMalformed(String text, String message) {
    assertThatThrownBy(() -> BuildRecordJson.read(text))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage(message);
  }

  private static PlannedAsset asset(Random random) {
    return new PlannedAsset(
        Builds.address("talosctl-" + random.nextInt(99)),
        Builds.plan(text(random)),
        Stream.generate(() -> text(random)).limit(random.nextInt(4)).toList());
  }

  private static BuildState state(Random random) {
    Stage stage = one(random, Stage.values());
    return switch (random.nextInt(4)) {
      case 0 ->
          new BuildState.Queued(
              random.nextLong() >>> 1, random.nextInt(9), time(random), time(random));
      case 2 ->
          new BuildState.Running(
              new Progress(stage, random.nextLong() >>> 1, random.nextLong() >>> 1, inputs(random)),
              time(random));
      case 1 -> new BuildState.Ready(product(random), time(random));
      default ->
          new BuildState.Failed(
              one(random, FailureKind.values()), stage, text(random), time(random));
    };
  }

  private static List<InputProgress> inputs(Random random) {
    List<InputProgress> inputs = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      inputs.add(
          new InputProgress(
              text(random),
              object(random).digest(),
              random.nextLong() >>> 1,
              random.nextLong() >>> 1));
    }
    return inputs;
  }

  private static StoredProduct product(Random random) {
    List<StoredObject> contents = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      contents.add(object(random));
    }
    List<StoredAttachment> attachments = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      AttachmentTag.Kind kind = one(random, AttachmentTag.Kind.values());
      attachments.add(
          new StoredAttachment(new AttachmentTag(object(random).digest(), kind), object(random)));
    }
    return new StoredProduct(
        object(random),
        contents,
        attachments,
        random.nextBoolean()
            ? List.of()
            : List.of(new Measurement(text(random), text(random), "sha256", 11, text(random))),
        random.nextBoolean()
            ? List.of()
            : List.of(
                new InputAdmission(text(random), List.of(text(random), text(random))),
                new InputAdmission(text(random), List.of())));
  }

  private static StoredObject object(Random random) {
    return new StoredObject(random.nextLong() >>> 1, Builds.plan(text(random)).digest());
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
