package imageservice.blackbox;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// A program that people use, run as they run it. One that is missing fails with
/// `-Djudges.required=true` and is skipped, loudly, without.
public final class Command {
  private Command() {}

  /// What came of it.
  public record Result(int status, String output) {}

  public static Result run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    require(command.getFirst());
    Path output = Files.createTempFile("command", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(10, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("does not end: " + command);
      }
      return new Result(
          process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
    } finally {
      Files.delete(output);
    }
  }

  /// Runs what must end well; returns what it printed.
  public static String succeed(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Result result = run(folder, command);
    if (result.status() != 0) {
      throw new IOException(command + ": " + result);
    }
    return result.output();
  }

  public static void require(String program) {
    boolean there = program.contains("/") && Files.isExecutable(Path.of(program));
    for (String folder : String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1)) {
      there = there || Files.isExecutable(Path.of(folder, program));
    }
    if (!there && Boolean.getBoolean("judges.required")) {
      Assertions.fail(program + " is missing, and judges are required");
    }
    Assumptions.assumeTrue(there, "SKIPPED: " + program + " is missing");
  }
}
