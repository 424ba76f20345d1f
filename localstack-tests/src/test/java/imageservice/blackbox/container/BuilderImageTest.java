package imageservice.blackbox.container;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Command;
import imageservice.packaging.RuntimeApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// The Dockerfile, built from stand-ins for its two bases, and both functions of the image, run as
/// Lambda runs them: with nothing but `/tmp` to write to, and events from the Runtime API.
@Tag("deployed")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
final class BuilderImageTest {
  private static final Path REPOSITORY =
      Path.of(System.getProperty("repository.folder", "..")).toAbsolutePath().normalize();
  private static final Path PACKAGE = REPOSITORY.resolve("builder-container/package");

  /// As the stack names it.
  private static final String ENTRY_POINT = "/var/task/bootstrap";

  private static final String IMAGE = "localhost/image-service-builder";
  private static final String BUILDER = "imageservice.builder.BuilderFunction";
  private static final String INDEXER = "imageservice.builder.IndexFunction";
  private static final String ADDRESS =
      "g1a2b3c4d/image/" + "0".repeat(64) + "/v1.9.5/metal-amd64.iso";
  private static final String ORDER =
      """
      {"address": "%s", "fence": 1, "plan": "%s"}
      """
          .formatted(ADDRESS, "0".repeat(64));

  @SuppressWarnings("NullAway.Init") // before all tests
  private Path folder;

  @SuppressWarnings("NullAway.Init") // before all tests
  private Engine engine;

  @BeforeAll
  void buildTheImage() throws IOException, InterruptedException {
    Command.require("mmdebstrap");
    folder = Files.createTempDirectory("builder-image");
    Command.Result packed = Command.run(folder, List.of(PACKAGE.toString()));
    assertThat(packed.status()).as(packed.output()).isZero();
    engine = Engine.open(folder.resolve("engine"));
    new StandIns(engine, folder).make();
    engine.build(
        IMAGE,
        REPOSITORY.resolve("builder-container/Dockerfile"),
        REPOSITORY,
        "--build-arg=LAMBDA_BASE=" + StandIns.LAMBDA,
        "--build-arg=KIT_BASE=" + StandIns.DEBIAN);
  }

  @AfterAll
  void leaveNothing() throws IOException, InterruptedException {
    if (engine != null) {
      engine.delete();
    }
    if (folder != null) {
      Command.run(folder, List.of("rm", "-rf", folder.toString()));
    }
  }

  @Test
  void theContextHasOnlyWhatIsCopied() throws IOException, InterruptedException {
    Path whole = Files.writeString(folder.resolve("Context"), "FROM scratch\nCOPY . /\n");
    engine.build("localhost/context", whole, REPOSITORY);
    Path context = engine.mount("localhost/context");
    assertThat(files(context))
        .isNotEmpty()
        .allMatch(file ->
            file.startsWith("grub-kit/") || file.startsWith("builder-container/target/image/"));
  }

  @Test
  void theBuilderStartsWithNothingToWriteToAndLooksForTheRecordOfItsOrder() throws Exception {
    try (RuntimeApi api = new RuntimeApi();
        EmptyWorld world = new EmptyWorld()) {
      engine.start("builder", IMAGE, ENTRY_POINT, variables(api, world), BUILDER);
      RuntimeApi.Answer malformed = answer("builder", api, "{\"fence\":1}");
      assertThat(malformed.how()).isEqualTo("error");
      assertThat(malformed.body()).contains("not a build order: ");
      RuntimeApi.Answer unknown = answer("builder", api, ORDER);
      assertThat(unknown.body()).contains("no record of build ");
      assertThat(world.requests())
          .anyMatch(request -> request.contains("{\"TableName\":\"builds\",\"Key\":{\"pk\":"));
      onlyTemporaryFilesCanBeMade("builder");
      engine.remove("builder");
    }
  }

  @Test
  void theIndexerStartsWithNothingToWriteToAndAsksTheSource() throws Exception {
    try (RuntimeApi api = new RuntimeApi();
        EmptyWorld world = new EmptyWorld()) {
      engine.start("indexer", IMAGE, ENTRY_POINT, variables(api, world), INDEXER);
      RuntimeApi.Answer malformed = answer("indexer", api, "{\"version\":\"newest\"}");
      assertThat(malformed.how()).isEqualTo("error");
      assertThat(malformed.body()).contains("not a Talos version: newest");
      RuntimeApi.Answer scheduled = answer("indexer", api, "{}");
      assertThat(world.requests())
          .as(scheduled.body())
          .anyMatch(request -> request.startsWith("GET /v2/siderolabs/imager/tags/list"));
      onlyTemporaryFilesCanBeMade("indexer");
      engine.remove("indexer");
    }
  }

  private void onlyTemporaryFilesCanBeMade(String container) throws Exception {
    assertThat(engine.exec(container, "touch", "/tmp/file").status()).isZero();
    for (String folder : List.of("/opt", "/var/task", "/var/tmp", "/run", "/root")) {
      assertThat(engine.exec(container, "touch", folder + "/file").output())
          .contains("Read-only file system");
    }
  }

  private RuntimeApi.Answer answer(String container, RuntimeApi api, String event)
      throws IOException, InterruptedException {
    api.give(event);
    Optional<RuntimeApi.Answer> answer = api.answer();
    if (answer.isEmpty()) {
      throw new AssertionError("no answer: " + engine.logs(container));
    }
    return answer.get();
  }

  private static Map<String, String> variables(RuntimeApi api, EmptyWorld world) {
    Map<String, String> variables = new HashMap<>();
    variables.put("AWS_LAMBDA_RUNTIME_API", api.address());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", "builder");
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "group");
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "stream");
    variables.put("AWS_REGION", "us-east-1");
    variables.put("AWS_ACCESS_KEY_ID", "test");
    variables.put("AWS_SECRET_ACCESS_KEY", "test");
    variables.put("AWS_ENDPOINT_URL", world.url());
    variables.put("ASSET_BUCKET", "assets");
    variables.put("BUILDS_TABLE", "builds");
    variables.put("SOURCE_POLICY", "insecure");
    variables.put("SOURCE_PREFIX", world.url() + "/siderolabs/");
    return variables;
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }
}
