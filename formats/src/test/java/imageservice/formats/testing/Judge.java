package imageservice.formats.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A program of the field that judges our output: `xorriso`, `unsquashfs`, `fsck.fat`, … Where it
/// is missing the test fails under `-Djudges.required=true` (as ./test and CI run it), and is
/// skipped loudly otherwise.
public final class Judge {
  /// What a judge said: exit status, standard output and standard error, both as ISO 8859-1, which
  /// loses no byte.
  public record Verdict(int status, String output, String errors) {
    public byte[] bytes() {
      return output.getBytes(StandardCharsets.ISO_8859_1);
    }

    public Verdict accepted() {
      assertThat(status).as("%s%n%s", output, errors).isZero();
      return this;
    }
  }

  private final String program;

  private Judge(String program) {
    this.program = program;
  }

  /// The judge of this name on the PATH or in the system folders that users' PATHs leave out.
  public static Judge named(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin:/usr/bin:/bin";
    for (String folder : path.split(":", -1)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder, program);
      if (Files.isExecutable(file)) {
        return new Judge(file.toString());
      }
    }
    String message = "the judge " + program + " is not installed: ./test gets it";
    if (Boolean.getBoolean("judges.required")) {
      throw new AssertionError(message);
    }
    System.err.println("SKIPPED: " + message);
    Assumptions.abort(message);
    throw new AssertionError("unreachable");
  }

  public Verdict run(String... arguments) {
    return run(Path.of("."), Map.of(), Arrays.asList(arguments));
  }

  public Verdict runIn(Path folder, String... arguments) {
    return run(folder, Map.of(), Arrays.asList(arguments));
  }

  /// Runs the program with an empty standard input; gives up after five minutes.
  public Verdict run(Path folder, Map<String, String> environment, List<String> arguments) {
    try {
      Path out = Files.createTempFile("judge", ".out");
      Path err = Files.createTempFile("judge", ".err");
      try {
        List<String> command = new java.util.ArrayList<>(List.of(program));
        command.addAll(arguments);
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
          process.destroyForcibly();
          throw new AssertionError(command + " did not end in five minutes");
        }
        return new Verdict(
            process.exitValue(),
            Files.readString(out, StandardCharsets.ISO_8859_1),
            Files.readString(err, StandardCharsets.ISO_8859_1));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
