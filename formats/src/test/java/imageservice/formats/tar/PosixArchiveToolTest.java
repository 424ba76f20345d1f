package imageservice.formats.tar;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("tool")
final class PosixArchiveToolTest {
  private static final Blob CONTENT = Blob.of("content");

  @TempDir Path folder = Path.of("unset");

  @Test
  void tarSeesModesOwnersAndTimes() throws IOException {
    PosixArchive archive =
        new PosixArchive()
            .folder("overlay", 0750)
            .file("overlay/a", 0, CONTENT)
            .symlink("overlay/b", 0777, "a")
            .file("overlay/c", 04755, Blob.of(""));
    assertThat(run("tar", archive, "-tvf"))
        .isEqualTo(
            """
            drwxr-x--- 0/0               0 1970-01-01 00:00 overlay/
            ---------- 0/0               7 1970-01-01 00:00 overlay/a
            lrwxrwxrwx 0/0               0 1970-01-01 00:00 overlay/b -> a
            -rwsr-xr-x 0/0               0 1970-01-01 00:00 overlay/c
            """);
  }

  @Test
  void endsWithTwoBlocksOfZeros() throws IOException {
    assertThat(new PosixArchive().build().length()).isEqualTo(1_024);
    assertThat(new PosixArchive().file("a", 0644, CONTENT).build().length()).isEqualTo(2_048);
  }

  /// A header has room for 100 bytes, and for 155 more before a slash.
  @ParameterizedTest
  @CsvSource({
    "1, 99",
    "1, 100",
    "1, 101",
    "100, 100",
    "155, 100",
    "156, 100",
    "155, 101",
    "9, 300"
  })
  void longNamesAreReadBack(int folderName, int name) throws IOException {
    String path = "f".repeat(folderName) + "/" + "n".repeat(name);
    assertReads(path);
  }

  @Test
  void namesBeyondAsciiAreReadBack() throws IOException {
    assertReads("firmware/größe-\u2028-\ud83d\ude00");
    assertReads("é".repeat(101));
  }

  @Test
  void longTargetsOfLinksAreReadBack() throws IOException {
    for (int length : new int[] {100, 101, 988, 989, 9_990}) {
      PosixArchive archive = new PosixArchive().symlink("link", 0777, "t".repeat(length));
      assertThat(run("tar", archive, "-tvf")).endsWith(" link -> " + "t".repeat(length) + "\n");
    }
  }

  private void assertReads(String path) throws IOException {
    PosixArchive archive = new PosixArchive().file(path, 0644, CONTENT).file("after", 0, CONTENT);
    for (String tar : new String[] {"tar", "bsdtar"}) {
      assertThat(run(tar, archive, "-xOf")).as(tar).isEqualTo("contentcontent");
    }
    String program =
        "import sys, tarfile; print(*[e.name for e in tarfile.open(sys.argv[1])], sep='|', end='')";
    Path file = write(archive);
    assertThat(run("python3", "-c", program, file.toString())).isEqualTo(path + "|after");
  }

  private String run(String tar, PosixArchive archive, String option) throws IOException {
    return run(tar, option, write(archive).toString());
  }

  /// In a locale in which names have all characters.
  private String run(String program, String... arguments) {
    Map<String, String> locale = Map.of("LC_ALL", "C.UTF-8");
    byte[] output = Judge.named(program).run(folder, locale, List.of(arguments)).accepted().bytes();
    return new String(output, StandardCharsets.UTF_8);
  }

  private Path write(PosixArchive archive) throws IOException {
    Path file = folder.resolve("archive.tar");
    Files.deleteIfExists(file);
    return Medium.write(archive.build(), file);
  }
}
