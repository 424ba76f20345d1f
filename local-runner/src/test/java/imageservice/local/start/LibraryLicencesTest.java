package imageservice.local.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LibraryLicencesTest {
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void writeTheTable() throws IOException {
    Files.createDirectory(folder.resolve("legal"));
    Files.writeString(folder.resolve("legal/libraries.tsv"), "# comment\ntold-\tMIT\n");
  }

  @Test
  void theTextOfAJarIsKeptAndARowIsEnough() throws IOException {
    Path own = Jars.write(folder.resolve("core-1.jar"), Jars.OWN, "");
    Path told = Jars.write(folder.resolve("told-2.jar"));
    Path telling = Jars.write(folder.resolve("telling-3.jar"), "META-INF/LICENSE", "MIT");
    LibraryLicences.gather(List.of(own, told, telling), folder.resolve("legal"));
    assertThat(folder.resolve("legal/telling-3.jar/LICENSE")).hasContent("MIT");
  }

  @Test
  void aLibraryThatNobodyToldOfIsRefused() throws IOException {
    Path silent = Jars.write(folder.resolve("silent-1.jar"), "a/A.class", "");
    assertThatThrownBy(() -> LibraryLicences.gather(List.of(silent), folder.resolve("legal")))
        .hasMessage(
            "no licence is known of [silent-1.jar]; add a row to src/distribution/legal/libraries.tsv");
  }
}
