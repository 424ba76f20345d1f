package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void isMadeWhereItIsMissing() throws Exception {
    try (DataFolder data = DataFolder.open(folder.resolve("a/b"))) {
      assertThat(data.tables()).isEqualTo(folder.resolve("a/b/tables.mv"));
      assertThat(folder.resolve("a/b")).isDirectory();
    }
  }

  @Test
  void isForOneAtATime() throws Exception {
    try (DataFolder first = DataFolder.open(folder)) {
      assertThatThrownBy(() -> DataFolder.open(folder))
          .isInstanceOf(CommandException.class)
          .hasMessage(
              "the data folder %s is in use by another Image Service; stop it, or choose another with --data"
                  .formatted(folder));
      assertThat(first.objects()).isEqualTo(folder.resolve("objects"));
    }
    DataFolder.open(folder).close();
  }

  @Test
  void saysThatAFileIsNoFolder() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> DataFolder.open(file))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("the data folder " + file + " cannot be used: ")
        .hasMessageEndingWith("; choose another with --data");
  }

  @Test
  void standsWhereThePlatformKeepsData() {
    assertThat(DataFolder.standard(null, "/home/a"))
        .isEqualTo(Path.of("/home/a/.local/share/image-service"));
    assertThat(DataFolder.standard("/data", "/home/a")).isEqualTo(Path.of("/data/image-service"));
    assertThat(DataFolder.standard("relative", "/home/a"))
        .isEqualTo(Path.of("/home/a/.local/share/image-service"));
    assertThat(DataFolder.standard("", "/home/a"))
        .isEqualTo(Path.of("/home/a/.local/share/image-service"));
  }
}
