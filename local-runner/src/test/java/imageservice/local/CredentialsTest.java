package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void areMadeOnceForThisUserAlone() throws Exception {
    Credentials made = Credentials.load(file());
    assertThat(Credentials.load(file())).isEqualTo(made);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(made.secret()).matches("[0-9a-f]{40}");
    assertThat(made.toString()).doesNotContain(made.secret());
  }

  @Test
  void differFromFolderToFolder() throws Exception {
    assertThat(Credentials.load(file())).isNotEqualTo(Credentials.load(folder.resolve("other")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc\n", "0123456789012345678901234567890123456789\nmore\n"})
  void saysThatItsFileIsDamaged(String content) throws Exception {
    Files.writeString(file(), content);
    assertThatThrownBy(() -> Credentials.load(file()))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "the credentials file %s is damaged; remove it to get new ones".formatted(file()));
  }

  @Test
  void outliveARunThatEndedWhileMakingThem() throws Exception {
    Files.writeString(folder.resolve("credentials.incoming"), "half");
    assertThat(Credentials.load(file()).secret()).hasSize(40);
    assertThat(folder.resolve("credentials.incoming")).doesNotExist();
  }

  private Path file() {
    return folder.resolve("credentials");
  }
}
