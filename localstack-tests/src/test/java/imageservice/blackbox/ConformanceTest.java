package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageservice.blackbox.Client.Answer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The conformance tests of the OCI distribution specification, as far as they need no push: "pull"
/// and "content discovery".
@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class ConformanceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROGRAM = "conformance";
  private static final String VERSION = "v1.9.5";
  private static final int FEWEST_PASSED = 20;
  private static final String SUITE = "OCI Conformance Test";
  private static final Pattern OUTCOME =
      Pattern.compile("^ *(" + SUITE + "(?:/.*)?): (\\S+)$", Pattern.MULTILINE);

  @TempDir private Path folder = Path.of("");

  private final Client client;
  private final String host;

  ConformanceTest(ServiceUnderTest service) {
    client = service.client();
    URI address = URI.create(service.url());
    host = address.getHost() + ":" + address.getPort();
  }

  @AfterEach
  void close() {
    client.close();
  }

  /// First over an image whose tag was never asked for, then over the same image. Blobs are those
  /// of an image that is there: repositories share them.
  @Test
  void aColdAndAWarmImageConform() throws Exception {
    Command.require(PROGRAM);
    Image there = image(configure());
    String cold = configure();
    assertConforms("cold", cold, there);
    assertConforms("warm", cold, image(cold));
  }

  /// What a repository has: its index and manifests, and the blobs of the first of these.
  private record Image(List<String> manifests, List<String> blobs) {}

  private Image image(String id) throws Exception {
    String path = "/v2/installer/" + id + "/manifests/";
    Answer index = client.follow("GET", path + VERSION);
    List<String> manifests = new ArrayList<>(List.of("sha256:" + Hash.sha256(index.body())));
    for (JsonNode entry : JSON.readTree(index.body()).get("manifests")) {
      manifests.add(entry.get("digest").asText());
    }
    JsonNode first = JSON.readTree(client.get(path + manifests.get(1)).body());
    List<String> blobs = new ArrayList<>(List.of(first.at("/config/digest").asText()));
    first.get("layers").forEach(layer -> blobs.add(layer.get("digest").asText()));
    return new Image(manifests, blobs);
  }

  /// The program's exit status says nothing: without pushes it fails when it writes its reports,
  /// for which it needs the data that it did not push. By then it has told how each test ended.
  private void assertConforms(String name, String id, Image image) throws Exception {
    Path settings = Files.writeString(folder.resolve(name + ".json"), settings(id, image));
    Command.Result result =
        Command.run(folder, List.of("env", "OCI_CONFIGURATION=" + settings, PROGRAM));
    List<Outcome> outcomes = outcomes(result.output());
    assertThat(outcomes.getFirst()).as(result.output()).isEqualTo(new Outcome(SUITE, "Pass"));
    assertThat(outcomes)
        .as(result.output())
        .allMatch(outcome -> List.of("Pass", "Disabled").contains(outcome.status()));
    assertThat(outcomes.stream().filter(outcome -> outcome.isPassed(outcomes)).count())
        .as(result.output())
        .isGreaterThanOrEqualTo(FEWEST_PASSED);
  }

  /// How a test or a group of tests ended.
  private record Outcome(String name, String status) {
    boolean isPassed(List<Outcome> all) {
      return status.equals("Pass")
          && all.stream().noneMatch(other -> other.name.startsWith(name + "/"));
    }
  }

  private static List<Outcome> outcomes(String output) {
    return OUTCOME
        .matcher(output)
        .results()
        .map(match -> new Outcome(match.group(1), match.group(2)))
        .toList();
  }

  /// JSON, which is YAML too.
  private String settings(String id, Image image) throws Exception {
    String repository = "installer/" + id;
    Map<String, Object> pulls =
        Map.of(
            "push",
            false,
            "blobs",
            Map.of("delete", false),
            "manifests",
            Map.of("delete", false),
            "tags",
            Map.of("delete", false));
    Map<String, Object> there =
        Map.of(
            "tags",
            List.of(VERSION),
            "manifests",
            image.manifests(),
            "blobs",
            image.blobs(),
            "referrers",
            image.manifests());
    return JSON.writeValueAsString(
        Map.of(
            "registry",
            host,
            "tls",
            "disabled",
            "repo1",
            repository,
            "repo2",
            repository,
            "version",
            "1.1",
            "apis",
            pulls,
            "roData",
            there));
  }

  private String configure() throws Exception {
    return client.configure("customization: {extraKernelArgs: [fresh=" + UUID.randomUUID() + "]}");
  }
}
