package imageservice.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackagesTest {
  @TempDir Path folder = Path.of("unset");

  @Test
  void areCompleteWithEveryFile() throws IOException {
    assertThat(new Packages(folder).isComplete()).isFalse();
    Packages packages = TinyPackages.in(folder);
    assertThat(packages.isComplete()).isTrue();
    try (var files = Files.list(folder.resolve("debs"))) {
      for (Path file : files.toList()) {
        Path aside = Files.move(file, folder.resolve("aside"));
        assertThat(packages.isComplete()).as(file.toString()).isFalse();
        Files.move(aside, file);
      }
    }
  }

  @Test
  void namesWhatIsMissingAndWhatFetchesIt() {
    String remedy = ": fetch it with grub-kit/fetch-packages --cache " + folder;
    assertThatThrownBy(() -> new Packages(folder).busybox(Architecture.ARM64))
        .hasMessage(
            "there is no Debian package busybox-static:arm64/bookworm in " + folder + remedy);
    assertThatThrownBy(() -> new Packages(folder).kernel(Architecture.AMD64))
        .hasMessage(
            "there is no Debian package linux-image-cloud-amd64:amd64/bookworm in "
                + folder
                + remedy);
  }

  @Test
  void aLineOfTheIndexLeadsNowhereElse() throws IOException {
    Path debs = Files.createDirectories(folder.resolve("debs"));
    Files.writeString(folder.resolve("secret"), "");
    Files.writeString(debs.resolve("index"), "busybox-static:amd64/bookworm ../secret\n");
    assertThatThrownBy(() -> new Packages(folder).busybox(Architecture.AMD64))
        .hasMessageStartingWith("there is no Debian package busybox-static:amd64/bookworm");
  }
}
