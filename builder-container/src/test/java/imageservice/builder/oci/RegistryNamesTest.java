package imageservice.builder.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
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
      assertThat(RegistryPrefix.parse(remote).overPlainHttp().plain()).isTrue();
    }
  }

  @Test
  void leadsFromTlsToNothingPlain() {
    RegistryPrefix tls = RegistryPrefix.parse("ghcr.io/siderolabs/");
    assertThat(tls.allows(URI.create("https://storage.test/x"))).isTrue();
    assertThat(tls.allows(URI.create("http://storage.test/x"))).isFalse();
    assertThat(tls.allows(URI.create("https:///x"))).isFalse();
    assertThat(tls.allows(URI.create("x"))).isFalse();
  }

  @Test
  void refusesWhatIsNoPrefix() {
    for (String text :
        List.of("", "https://ghcr.io", "ghcr.io:x/", "ghcr.io:65536/", "user@ghcr.io", "a b")) {
      assertThatThrownBy(() -> RegistryPrefix.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("not a registry prefix: " + text);
    }
    assertThatThrownBy(() -> RegistryPrefix.parse("ghcr.io/../x"))
        .hasMessage("not a repository's name: ../x");
  }

  @Test
  void readsChallenges() {
    assertThat(
            Challenge.choose(
                List.of(
                    "Basic realm=\"x\"",
                    "bearer Realm=\"https://ghcr.io/token\", service=ghcr.io,scope=\"a:b:pull,push\"")))
        .contains(
            new Challenge(
                "bearer",
                Map.of(
                    "realm",
                    "https://ghcr.io/token",
                    "service",
                    "ghcr.io",
                    "scope",
                    "a:b:pull,push")));
    assertThat(Challenge.choose(List.of("Basic realm=\"x\"")))
        .contains(new Challenge("basic", Map.of("realm", "x")));
    assertThat(Challenge.choose(List.of("Negotiate", "", "Basics x"))).isEmpty();
  }

  @Test
  void hidesSecrets() {
    assertThat(new Credential("me", "pass")).hasToString("Credential[me]");
  }
}
