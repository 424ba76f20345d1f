package imageservice.infra.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageContentTest {
  private static final Dockerfile DOCKERFILE =
      new Dockerfile(
          List.of(
              new Dockerfile.Copy("kit", "/kit", "/opt/kit"),
              new Dockerfile.Copy("", "lib/", "/var/task/lib/")),
          Map.of("A", "1"),
          List.of("run"));

  @TempDir private Path folder = Path.of("unset");

  @BeforeEach
  void fill() throws IOException {
    Files.createDirectories(folder.resolve("lib/sub"));
    Files.createDirectories(folder.resolve("made"));
    Files.writeString(folder.resolve("lib/b.jar"), "b");
    Files.writeString(folder.resolve("lib/sub/a.jar"), "a");
    Files.writeString(folder.resolve("made/kit.json"), "{}");
  }

  @Test
  void hasTheFilesOfEachCopyUnderTheirNamesInTheImage() throws IOException {
    assertThat(content("base").layers())
        .extracting(layer -> layer.files().stream().map(ImageContent.File::path).toList())
        .containsExactly(
            List.of("/opt/kit/kit.json"),
            List.of("/var/task/lib/b.jar", "/var/task/lib/sub/a.jar"));
  }

  @Test
  void theFingerprintIsThatOfTheBytesAndNotOfTheirTimes() throws IOException {
    String before = content("base").fingerprint();
    Files.setLastModifiedTime(folder.resolve("lib/b.jar"), FileTime.fromMillis(0));
    assertThat(content("base").fingerprint()).isEqualTo(before).matches("[0-9a-f]{64}");
    assertThat(content("other").fingerprint()).isNotEqualTo(before);
    assertThat(content("base", "amd64").fingerprint()).isNotEqualTo(before);
    assertThat(folder.resolve("lib/b.jar").toFile().setExecutable(true)).isTrue();
    assertThat(content("base").fingerprint()).isNotEqualTo(before);
    assertThat(folder.resolve("lib/b.jar").toFile().setExecutable(false)).isTrue();
    Files.writeString(folder.resolve("lib/b.jar"), "B");
    assertThat(content("base").fingerprint()).isNotEqualTo(before);
  }

  @Test
  void refusesAStageThatNobodyMakes() {
    assertThatThrownBy(() -> ImageContent.of(DOCKERFILE, "base", "arm64", folder, Map.of()))
        .hasMessage("nobody makes /kit of kit");
  }

  private ImageContent content(String base) throws IOException {
    return content(base, "arm64");
  }

  private ImageContent content(String base, String architecture) throws IOException {
    Map<String, Path> stages = Map.of("kit:/kit", folder.resolve("made"));
    return ImageContent.of(DOCKERFILE, base, architecture, folder, stages);
  }
}
