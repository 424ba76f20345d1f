package imageservice.infra.deploy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Other programs, which write to the terminal of this one. An interrupt from there reaches them as
/// well.
///
/// @param variables of their environment besides this process's own
record Programs(Map<String, String> variables) {
  /// The exit status of what SIGINT ends.
  private static final int INTERRUPTED = 130;

  /// Those that find this Java, and the region, as this process does.
  static Programs in(Surroundings surroundings, String region) {
    String home = System.getProperty("java.home");
    String path = Path.of(home, "bin") + File.pathSeparator;
    return new Programs(
        Map.of(
            "PATH", path + surroundings.variable("PATH").orElse(""),
            "JAVA_HOME", home,
            "AWS_REGION", region,
            "AWS_DEFAULT_REGION", region));
  }

  /// The same with one variable more.
  Programs with(String name, String value) {
    Map<String, String> more = new TreeMap<>(variables);
    more.put(name, value);
    return new Programs(more);
  }

  /// Runs a program to its end; returns its exit status.
  int run(Path folder, List<String> command) throws DeployException, InterruptedException {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
      builder.environment().putAll(variables);
      int status = builder.start().waitFor();
      if (status == INTERRUPTED) {
        throw new DeployException(
            "interrupted; CloudFormation ends by itself what it began; the same command goes on");
      }
      return status;
    } catch (IOException e) {
      throw DeployException.of("cannot run " + command.getFirst(), e, "install it");
    }
  }

  /// What a program prints, where it ends well.
  static Optional<String> output(List<String> command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
