package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Images of the source, pulled from the service.
@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class SourceProxyTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  private final ServiceUnderTest service;
  private final Client client;

  SourceProxyTest(ServiceUnderTest service) {
    this.service = service;
    this.client = service.client();
  }

  @AfterEach
  void close() {
    client.close();
  }

  /// The program stops where a digest is not what the one that names it says.
  @ParameterizedTest
  @CsvSource({
    "imager, v1.9.5",
    "installer, v1.9.5",
    "installer-base, v1.13.2",
    "talosctl-all, v1.13.2",
    "extensions, v1.9.5",
    "overlays, v1.9.5"
  })
  void aProgramPullsWhatTheSourceHas(String name, String version) throws Exception {
    URI address = URI.create(service.url());
    Path pulled = folder.resolve("pulled");
    Command.Result result =
        Command.run(
            folder,
            List.of(
                "skopeo",
                "copy",
                "--all",
                "--preserve-digests",
                "--src-tls-verify=false",
                "docker://%s:%d/siderolabs/%s:%s"
                    .formatted(address.getHost(), address.getPort(), name, version),
                "oci:" + pulled + ":" + version));
    assertThat(result.status()).as(result.toString()).isZero();
    assertThat(digest(pulled, version))
        .isEqualTo(digest(service.releases().resolve(name), version));
  }

  @Test
  void whatTheSourceDoesNotHaveIsUnknown() throws Exception {
    Client.Answer unknown = client.get("/v2/siderolabs/other/manifests/v1.9.5");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.text()).contains("unknown image: other");
    assertThat(client.get("/v2/siderolabs/imager/tags/list").text()).contains("\"v1.9.5\"");
  }

  private static String digest(Path layout, String tag) throws IOException {
    JsonNode index = JSON.readTree(layout.resolve("index.json").toFile());
    return Stream.of(index.get("manifests"))
        .flatMap(JsonNode::valueStream)
        .filter(image -> image.findValue("org.opencontainers.image.ref.name").asText().equals(tag))
        .findFirst()
        .orElseThrow()
        .get("digest")
        .asText();
  }
}
