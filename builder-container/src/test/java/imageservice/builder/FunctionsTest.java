package imageservice.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.material.GrubKitException;
import imageservice.builder.material.TestMaterial;
import imageservice.builder.sign.BootTestKeys;
import imageservice.builder.sign.Keys;
import imageservice.builder.trust.SigstoreWorld;
import imageservice.ledger.BuildState;
import imageservice.ledger.EventLines;
import imageservice.ledger.FailureKind;
import imageservice.ledger.MemoryItemTable;
import imageservice.ledger.ReleaseLedger;
import imageservice.ledger.Stage;
import imageservice.release.TalosVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FunctionsTest extends BuilderFixture {
  @TempDir Path folder = Path.of("unset");

  @Test
  void builderTakesAnOrderAsJson() throws IOException {
    BuilderFunction function = function(() -> builder(plan -> TestMaterial.NONE, NEVER));
    String order = acquired(KEY, PLAN).toJson();
    function.handleRequest(stream(order), OutputStream.nullOutputStream(), null);
    assertThat(state()).isInstanceOf(BuildState.Ready.class);
  }

  @Test
  void builderRefusesWhatIsNoOrder() {
    BuilderFunction function = function(() -> builder(plan -> TestMaterial.NONE, NEVER));
    assertThatThrownBy(
            () -> function.handleRequest(stream("{}"), OutputStream.nullOutputStream(), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a build order: ");
  }

  @Test
  void aBuilderThatCannotBeSetUpTellsItsOrderAndFails() throws IOException {
    BuilderFunction function =
        function(() -> {
          throw new IllegalStateException("SOURCE_POLICY: not a policy");
        });
    String order = acquired(KEY, PLAN).toJson();
    assertThatThrownBy(
            () -> function.handleRequest(stream(order), OutputStream.nullOutputStream(), null))
        .isInstanceOf(SetupException.class);
    assertThat(state())
        .isEqualTo(
            new BuildState.Failed(
                FailureKind.DEFECT,
                Stage.QUEUED,
                "the builder cannot start: SOURCE_POLICY: not a policy",
                BEGIN.plus(FailureKind.DEFECT.remembered())));
    assertThat(record(KEY).attempt()).isZero();
    assertThat(logged().lines())
        .singleElement()
        .asString()
        .startsWith(
            "{\"event\":\"setup failure\",\"cause\":\"imageservice.builder.SetupException: ")
        .contains("\"Stack\":\"build\",\"SetupFailures\":1,\"_aws\":{");
  }

  @Test
  void whatASetupFailureMayTellIsOnlyTheWiringsOwnWords() {
    assertThat(new SetupException(new IOException("/secret/path")))
        .hasMessage("the builder cannot start: an unexpected failure, which the builder's log has");
    assertThat(new SetupException(new GrubKitException("the GRUB kit's file a.img is damaged")))
        .hasMessage(
            "the builder cannot start: the GRUB kit's file a.img is damaged; make it with grub-kit/make-grub-kit");
    assertThat(new SetupException(new NoClassDefFoundError("x/Y")))
        .hasMessage("the builder cannot start: an unexpected failure, which the builder's log has");
  }

  @Test
  void aBuilderIsSetUpAgainWithItsNextOrder() throws IOException {
    AtomicInteger attempts = new AtomicInteger();
    BuilderFunction function =
        function(() -> {
          if (attempts.incrementAndGet() < 2) {
            throw new IOException("not yet");
          }
          return builder(plan -> TestMaterial.NONE, NEVER);
        });
    String order = acquired(KEY, PLAN).toJson();
    function.handleRequest(stream(order), OutputStream.nullOutputStream(), null);
    assertThat(state()).isInstanceOf(BuildState.Ready.class);
    assertThat(attempts).hasValue(2);
  }

  @Test
  void anIndexerThatCannotBeSetUpTellsWhy() {
    ReleaseLedger releases = new ReleaseLedger(new MemoryItemTable());
    IndexFunction function =
        new IndexFunction(
            () -> {
              throw new IllegalStateException("GRUB_KIT: there is no kit in its folder");
            },
            () -> releases,
            now::get,
            IndexLog.json(
                EventLines.metered(
                    new PrintStream(log, true, StandardCharsets.UTF_8), "index", now::get)));
    for (String event : List.of("{}", "{\"version\":\"v1.9.5\"}")) {
      assertThatThrownBy(
              () -> function.handleRequest(stream(event), OutputStream.nullOutputStream(), null))
          .isInstanceOf(SetupException.class);
    }
    assertThat(logged().lines())
        .hasSize(2)
        .allMatch(line -> line.contains("\"Stack\":\"index\",\"SetupFailures\":1,\"_aws\":{"));
    String cause = "the builder cannot start: GRUB_KIT: there is no kit in its folder";
    assertThat(cause(releases::failure)).contains(cause);
    assertThat(cause(() -> releases.indexingFailure(TalosVersion.of(1, 9, 5), BEGIN)))
        .contains(cause);
  }

  @Test
  void wiringNeedsNothingButItsEnvironment() throws IOException {
    BuilderAwsWiring wiring = new BuilderAwsWiring(environment());
    assertThat(wiring.builder()).isNotNull();
    assertThat(wiring.indexing()).isNotNull();
  }

  @Test
  void wiringSaysWhatIsMissing() {
    for (String name : List.of("ASSET_BUCKET", "BUILDS_TABLE", "AWS_REGION")) {
      Map<String, String> environment = environment();
      environment.put(name, " ");
      assertThatThrownBy(() -> new BuilderAwsWiring(environment).builder())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(name + " is not set");
    }
  }

  @Test
  void wiringTakesATrustedRootAsTextOrAsAFile() throws IOException {
    String root = new String(new SigstoreWorld().trustedRoot(), StandardCharsets.UTF_8);
    Path file = Files.writeString(folder.resolve("root.json"), root);
    for (String value : List.of(root, file.toString(), "")) {
      Map<String, String> environment = environment();
      environment.put("SOURCE_POLICY", "official");
      environment.put("TRUSTED_ROOT", value);
      assertThat(new BuilderAwsWiring(environment).indexing()).isNotNull();
    }
  }

  @Test
  void wiringRefusesAFolderWithoutAKit() {
    Map<String, String> environment = environment();
    environment.put("GRUB_KIT", folder.toString());
    assertThatThrownBy(() -> new BuilderAwsWiring(environment).indexing())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("GRUB_KIT: there is no kit in its folder");
  }

  @Test
  void wiringTakesKeysOfSecureBootFromFilesAndFromKms() throws IOException {
    Map<String, String> environment = environment();
    environment.put("SECURE_BOOT_CERTIFICATE", BootTestKeys.CERTIFICATE);
    assertThatThrownBy(() -> new BuilderAwsWiring(environment).builder())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("SECURE_BOOT_KEY is not set");
    Path key = Files.writeString(folder.resolve("key.pem"), BootTestKeys.KEY);
    environment.put("SECURE_BOOT_KEY", key.toString());
    environment.put("PCR_KEY", "arn:aws:kms:eu-central-1:000000000000:key/k");
    assertThat(new BuilderAwsWiring(environment).builder()).isNotNull();
    Files.writeString(key, Keys.ED25519);
    assertThatThrownBy(() -> new BuilderAwsWiring(environment).builder())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("SECURE_BOOT_KEY: not an RSA key, and secure boot takes RSA keys");
  }

  @Test
  void wiringRefusesATimeThatIsNone() {
    Map<String, String> environment = environment();
    environment.put("INDEX_SECONDS", "soon");
    assertThatThrownBy(() -> new BuilderAwsWiring(environment).indexing())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("INDEX_SECONDS: not a number: soon");
  }

  @Test
  void wiringTakesCredentialsAsTextOrAsAFile() throws IOException {
    String credentials = "{\"auths\":{\"ghcr.io\":{\"auth\":\"bWU6cGFzcw==\"}}}";
    Path file = Files.writeString(folder.resolve("config.json"), credentials);
    for (String value : List.of(credentials, file.toString())) {
      Map<String, String> environment = environment();
      environment.put("SOURCE_CREDENTIALS", value);
      environment.put("SOURCE_HOSTS", "storage.example, 10.0.0.7:9000");
      assertThat(new BuilderAwsWiring(environment).indexing()).isNotNull();
    }
  }

  @Test
  void wiringNamesTheSettingOfTheSourceThatIsWrong() {
    for (Map.Entry<String, String> wrong :
        Map.of(
                "SOURCE_CREDENTIALS", "{\"auths\":1}",
                "SOURCE_HOSTS", "https://storage.example",
                "SOURCE_PREFIX", "ftp://ghcr.io/",
                "SOURCE_POLICY", "all",
                "TRUSTED_ROOT", "{}")
            .entrySet()) {
      Map<String, String> environment = environment();
      environment.put(wrong.getKey(), wrong.getValue());
      assertThatThrownBy(() -> new BuilderAwsWiring(environment).indexing())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith(wrong.getKey() + ": not ");
    }
  }

  private Map<String, String> environment() {
    return new HashMap<>(
        Map.of(
            "ASSET_BUCKET", "assets",
            "BUILDS_TABLE", "builds",
            "AWS_REGION", "eu-central-1",
            "CACHE_FOLDER", folder.resolve("blobs").toString()));
  }

  private BuilderFunction function(Setup.Attempt<Builder> attempt) {
    return new BuilderFunction(attempt, () -> ledger, now::get, lines());
  }

  private BuildLog lines() {
    return BuildLog.json(
        EventLines.metered(new PrintStream(log, true, StandardCharsets.UTF_8), "build", now::get));
  }

  private static Optional<String> cause(Callable<Optional<String>> read) {
    try {
      return read.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
