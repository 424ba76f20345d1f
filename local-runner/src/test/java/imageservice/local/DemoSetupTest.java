package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.release.TalosVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `--demo` gets where it is not there, by scripts that stand in for those of `grub-kit`.
final class DemoSetupTest {
  private static final List<TalosVersion> VERSIONS = List.of(TalosVersion.of(1, 9, 5));

  @TempDir Path folder = Path.of("unset");
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  private DemoSetup setup(Optional<Path> home) {
    return new DemoSetup(
        folder.resolve("cache"), home, new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  private Path script(String name, String text) throws IOException {
    Path script = Files.createDirectories(folder.resolve("home/grub-kit")).resolve(name);
    Files.writeString(script, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder.resolve("home");
  }

  @Test
  void theKitIsMadeWhereThereIsNone() throws IOException, CommandException {
    Path kit = folder.resolve("cache/grub-kit");
    Path arguments = folder.resolve("arguments");
    Path home =
        script(
            "make-grub-kit",
            "echo \"$@\" >%s; mkdir -p \"$2\"; : >\"$2/kit.json\"".formatted(arguments));
    assertThat(setup(Optional.of(home)).grubKit(kit)).isEqualTo(kit);
    assertThat(arguments)
        .hasContent("--out %s --cache %s".formatted(kit, folder.resolve("cache/packages")));
    assertThat(log.toString(StandardCharsets.UTF_8))
        .isEqualTo("image-service: making the GRUB kit\n");
    Files.delete(arguments);
    setup(Optional.empty()).grubKit(kit);
    assertThat(arguments).doesNotExist();
  }

  @Test
  void aScriptThatFailsIsNamed() throws IOException {
    Path home = script("fetch-packages", "exit 3");
    assertThatThrownBy(() -> setup(Optional.of(home)).releases(VERSIONS))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "%s ended with status 3; what it says stands above"
                .formatted(home.resolve("grub-kit/fetch-packages")));
  }

  @Test
  void withoutScriptsItIsSaidWhatIsMissing() {
    for (Optional<Path> home : List.of(Optional.<Path>empty(), Optional.of(folder))) {
      assertThatThrownBy(() -> setup(home).releases(VERSIONS))
          .isInstanceOf(CommandException.class)
          .hasMessage(
              "%s has not all that the demo needs, and there is no grub-kit/fetch-packages to get it: start with -Dimageservice.home=DIR, the folder that has grub-kit"
                  .formatted(folder.resolve("cache")));
    }
  }

  @Test
  void aFetchThatBringsNothingIsAnErrorThatNamesThePackage() throws IOException {
    Path home = script("fetch-packages", "exit 0");
    assertThatThrownBy(() -> setup(Optional.of(home)).releases(VERSIONS))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("--demo: there is no Debian package ");
  }
}
