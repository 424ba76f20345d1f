package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.oci.Credential;
import imageservice.builder.oci.RegistryPrefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialFileTest {
  private static final RegistryPrefix GHCR = RegistryPrefix.parse("ghcr.io/siderolabs/");

  @TempDir private Path folder = Path.of("unset");

  @Test
  void isWhereDockerKeepsIt() {
    Path home = Path.of("/home/me");
    assertThat(CredentialFile.standard(null, home)).hasToString("/home/me/.docker/config.json");
    assertThat(CredentialFile.standard("", home)).hasToString("/home/me/.docker/config.json");
    assertThat(CredentialFile.standard("/etc/docker", home)).hasToString("/etc/docker/config.json");
  }

  @Test
  void isDockersUnlessAnotherIsNamed() throws Exception {
    Path docker = file("config.json", "docker");
    Path named = file("named.json", "named");
    assertThat(new CredentialFile(Optional.empty(), docker).find(GHCR))
        .isEqualTo(new Credential.Password("docker", "p"));
    assertThat(new CredentialFile(Optional.of(named), docker).find(GHCR))
        .isEqualTo(new Credential.Password("named", "p"));
  }

  @Test
  void needNotBeThereUnlessItIsNamed() throws Exception {
    Path none = folder.resolve("none.json");
    assertThat(new CredentialFile(Optional.empty(), none).find(GHCR))
        .isEqualTo(new Credential.Anonymous());
    assertThatThrownBy(() -> new CredentialFile(Optional.of(none), none).find(GHCR))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "the credentials in %1$s cannot be used: there is no %1$s; mend the file, or name another with --source-credentials"
                .formatted(none));
  }

  @Test
  void saysWhatIsWrongWithoutQuotingIt() throws IOException {
    Path broken = Files.writeString(folder.resolve("config.json"), "hunter2");
    assertThatThrownBy(() -> new CredentialFile(Optional.empty(), broken).find(GHCR))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(broken + " cannot be used: not in the form of Docker's config.json")
        .hasMessageNotContaining("hunter2");
  }

  private Path file(String name, String user) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        "{\"auths\":{\"ghcr.io\":{\"username\":\"%s\",\"password\":\"p\"}}}".formatted(user));
  }
}
