package imageservice.builder.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RegistryNamesTest {
  @Test
  void speaksTlsButToLoopback() {
    assertThat(RegistryPrefix.parse("ghcr.io/siderolabs/").uri("imager", "tags/list"))
        .isEqualTo(URI.create("https://ghcr.io/v2/siderolabs/imager/tags/list"));
    assertThat(RegistryPrefix.parse("127.0.0.1:5000/siderolabs").uri("imager", "x").toString())
        .isEqualTo("http://127.0.0.1:5000/v2/siderolabs/imager/x");
    assertThat(RegistryPrefix.parse("localhost:5000").uri("a/b", "x").toString())
        .isEqualTo("http://localhost:5000/v2/a/b/x");
    assertThat(RegistryPrefix.parse("[::1]:5000/").plain()).isTrue();
    for (String remote : List.of("127.0.0.1.test", "localhost.test:5000", "10.0.0.1", "[::2]")) {
      assertThat(RegistryPrefix.parse(remote).plain()).as(remote).isFalse();
      assertThat(RegistryPrefix.parse("http://" + remote).plain()).isTrue();
    }
  }

  @Test
  void takesTheSchemeThatTheOperatorWrites() {
    assertThat(RegistryPrefix.parse("HTTPS://ghcr.io/siderolabs/"))
        .isEqualTo(RegistryPrefix.parse("ghcr.io/siderolabs"));
    assertThat(RegistryPrefix.parse("https://127.0.0.1:5000/").plain()).isFalse();
    assertThat(RegistryPrefix.parse("http://10.0.0.5:5000/talos/").uri("imager", "x").toString())
        .isEqualTo("http://10.0.0.5:5000/v2/talos/imager/x");
  }

  @Test
  void knowsWhereDockerHubIs() {
    RegistryPrefix hub = RegistryPrefix.parse("docker.io/me/");
    assertThat(hub.uri("imager", "x").toString())
        .isEqualTo("https://registry-1.docker.io/v2/me/imager/x");
    assertThat(hub).hasToString("docker.io/me/");
  }

  @Test
  void refusesWhatIsNoPrefix() {
    for (String text :
        List.of(
            "",
            "ftp://ghcr.io",
            "https://",
            "ghcr.io:x/",
            "ghcr.io:65536/",
            "user@ghcr.io",
            "a b")) {
      assertThatThrownBy(() -> RegistryPrefix.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("not a registry prefix: " + text);
    }
    assertThatThrownBy(() -> RegistryPrefix.parse("ghcr.io/../x"))
        .hasMessage("not a repository's name: ../x");
  }
}
