package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files by which others start the service: systemd's unit and the compose files, judged by the
/// programs that read them.
final class DeploymentFilesTest {
  private static final Path FILES =
      Distribution.REPOSITORY.resolve("local-runner/src/distribution");

  /// Tenths that systemd gives for what it could still take away: under 2 of 10 it says OK.
  private static final String EXPOSURE = "--threshold=20";

  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z0-9-]*");

  @TempDir private Path folder = Path.of("");

  @Test
  void systemdTakesTheUnit() throws Exception {
    assertThat(verify(unit())).isEmpty();
  }

  @Test
  void systemdFindsWhatAUnitHasWrong() throws Exception {
    Path unit = unit();
    Files.writeString(unit, Files.readString(unit).replace("ProtectProc", "ProtectProcess"));
    assertThat(verify(unit)).contains("'ProtectProcess' in section");
  }

  @Test
  void systemdFindsLittleToTakeAway() throws Exception {
    Command.Result found =
        Command.run(
            folder,
            List.of(
                "systemd-analyze",
                "security",
                "--offline=true",
                "--no-pager",
                EXPOSURE,
                unit().toString()));
    assertThat(found.status()).as(found.output()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"compose.yaml", "compose.many.yaml"})
  void composeTakesTheFile(String name) throws Exception {
    Command.Result read = compose(FILES.resolve(name));
    assertThat(read.status()).as(read.output()).isZero();
    assertThat(read.output()).contains("image: image-service:latest", "http://images.example/");
  }

  @Test
  void composeFindsWhatAFileHasWrong() throws Exception {
    Path wrong = folder.resolve("compose.yaml");
    Files.writeString(
        wrong, Files.readString(FILES.resolve("compose.yaml")).replace("cap_drop", "caps_drop"));
    Command.Result read = compose(wrong);
    assertThat(read.status()).isNotZero();
    assertThat(read.output()).contains("caps_drop");
  }

  /// What starts the service is told options that it has.
  @Test
  void onlyOptionsOfServeAreNamed() throws Exception {
    try (ServiceProcess help =
        ServiceProcess.start(folder.resolve("output"), List.of("serve", "--help"))) {
      assertThat(help.awaitExit()).isZero();
      List<String> known = options(help.out());
      for (String name : List.of("compose.yaml", "compose.many.yaml", "image-service.service")) {
        List<String> named = options(commands(Files.readString(FILES.resolve(name))));
        assertThat(named).isNotEmpty();
        assertThat(known).as(name).containsAll(named);
      }
    }
  }

  /// The unit as it would be, had somebody unpacked a distribution where it says.
  private Path unit() throws IOException {
    Path program = folder.resolve("bin/image-service");
    Files.createDirectories(folder.resolve("bin"));
    if (Files.notExists(program)) {
      Files.createSymbolicLink(program, Path.of("/bin/true"));
    }
    String text = Files.readString(FILES.resolve("image-service.service"));
    return Files.writeString(
        folder.resolve("image-service.service"),
        text.replace("/opt/image-service/bin/image-service", program.toString()));
  }

  /// What systemd has to say of the unit, and not of others of this machine.
  private String verify(Path unit) throws IOException, InterruptedException {
    List<String> command = List.of("systemd-analyze", "verify", "--man=no", unit.toString());
    return String.join(
        "\n",
        Command.run(folder, command)
            .output()
            .lines()
            .filter(line -> line.contains(unit.getFileName().toString()))
            .toList());
  }

  /// Resolves a file by the schema of compose, with every variable set.
  private Command.Result compose(Path file) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("env"));
    Map.of("EXTERNAL_URL", "http://images.example/", "ACCESS_KEY", "a", "SECRET_KEY", "b")
        .forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(List.of("docker-compose", "-f", file.toString(), "config"));
    Command.require("docker-compose");
    return Command.run(folder, command);
  }

  private static List<String> options(String text) {
    return OPTION.matcher(text).results().map(MatchResult::group).distinct().toList();
  }

  /// Lines that are, or begin, an argument of the service.
  private static String commands(String text) {
    try (Stream<String> lines = text.lines()) {
      return String.join(
          "\n",
          lines
              .filter(line -> line.matches("\\s+- --\\S+|ExecStart=.*|#   Environment=.*OPTIONS.*"))
              .toList());
    }
  }
}
