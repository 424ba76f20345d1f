package imageservice.builder.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DockerConfigTest {
  private static final Credential NOBODY = new Credential.Anonymous();

  @Test
  void hasCredentialsInEachForm() {
    // base64 of me:pass:word
    assertThat(find("ghcr.io/x/", auths("\"ghcr.io\":{\"auth\":\"bWU6cGFzczp3b3Jk\"}")))
        .isEqualTo(new Credential.Password("me", "pass:word"));
    assertThat(find("ghcr.io/x/", auths("\"ghcr.io\":{\"username\":\"me\",\"password\":\"pass\"}")))
        .isEqualTo(new Credential.Password("me", "pass"));
    assertThat(
            find(
                "ghcr.io/x/",
                auths("\"ghcr.io\":{\"auth\":\"bWU6cGFzczp3b3Jk\",\"identitytoken\":\"t\"}")))
        .isEqualTo(new Credential.IdentityToken("t"));
  }

  @Test
  void isForTheHostHoweverItIsSpelled() {
    for (String name :
        List.of("host.test:5000", "https://host.test:5000/v1/", "http://HOST.test:5000/v2")) {
      String config = auths("\"" + name + "\":{\"username\":\"me\",\"password\":\"p\"}");
      assertThat(find("host.test:5000/x/", config)).as(name).isNotEqualTo(NOBODY);
      for (String other : List.of("host.test/x/", "a.host.test:5000/", "127.0.0.1:5000/")) {
        assertThat(find(other, config)).as(other).isEqualTo(NOBODY);
      }
    }
    String hub = auths("\"https://index.docker.io/v1/\":{\"username\":\"me\",\"password\":\"p\"}");
    assertThat(find("docker.io/x/", hub)).isEqualTo(new Credential.Password("me", "p"));
    assertThat(find("registry-1.docker.io/x/", hub)).isEqualTo(new Credential.Password("me", "p"));
  }

  @Test
  void prefersTheNameThatSaysMore() {
    String config =
        auths(
            """
            "host.test":{"username":"all","password":"p"},
            "host.test/team":{"username":"team","password":"p"},
            "host.test/te":{"username":"other","password":"p"}\
            """);
    assertThat(find("host.test/team/", config)).isEqualTo(new Credential.Password("team", "p"));
    assertThat(find("host.test/team/x/", config)).isEqualTo(new Credential.Password("team", "p"));
    assertThat(find("host.test/x/", config)).isEqualTo(new Credential.Password("all", "p"));
  }

  @Test
  void namesTheHelperThatKeepsACredential() {
    String store = "{\"auths\":{\"ghcr.io\":{}},\"credsStore\":\"desktop\"}";
    assertThat(find("ghcr.io/x/", store))
        .isEqualTo(new Credential.Kept("docker-credential-desktop"));
    assertThat(find("quay.io/x/", store)).isEqualTo(NOBODY);
    String helpers = "{\"credHelpers\":{\"ghcr.io\":\"pass\"}}";
    assertThat(find("ghcr.io/x/", helpers))
        .isEqualTo(new Credential.Kept("docker-credential-pass"));
    assertThat(find("ghcr.io/x/", "{\"auths\":{\"ghcr.io\":{}}}")).isEqualTo(NOBODY);
    assertThat(new Credential.Kept("docker-credential-pass").remedy("ghcr.io"))
        .isEqualTo(
            "the credential for ghcr.io is kept by docker-credential-pass, which the service does not run: give it with --source-credentials FILE (on AWS: SOURCE_CREDENTIALS)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "[]",
        "{\"auths\":\"hunter2\"}",
        "{\"auths\":{\"ghcr.io\":\"hunter2\"}}",
        "{\"auths\":{\"ghcr.io\":{\"auth\":[\"hunter2\"]}}}",
        "{\"auths\":{\"ghcr.io\":{\"auth\":\"hunter2!\"}}}",
        "{\"auths\":{\"ghcr.io\":{\"auth\":\"aHVudGVyMg==\"}}}",
        "{\"credHelpers\":{\"ghcr.io\":{\"a\":\"hunter2\"}}}"
      })
  void quotesNothingOfWhatItCannotRead(String config) {
    assertThatThrownBy(() -> find("ghcr.io/x/", config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "not in the form of Docker's config.json, {\"auths\":{\"HOST\":{\"auth\":\"...\"}}}")
        .hasNoCause();
  }

  @Test
  void hidesSecrets() {
    assertThat(new Credential.Password("me", "pass")).hasToString("Password[me]");
    assertThat(new Credential.IdentityToken("pass")).hasToString("IdentityToken[]");
  }

  private static String auths(String entries) {
    return "{\"HttpHeaders\":{},\"auths\":{" + entries + "}}";
  }

  private static Credential find(String prefix, String config) {
    return DockerConfig.find(config.getBytes(StandardCharsets.UTF_8), RegistryPrefix.parse(prefix));
  }
}
