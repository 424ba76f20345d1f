package imageservice.builder.overlay;

import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import imageservice.text.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/// What is told of a program's run.
///
/// @param limit after which a program was killed
record ProgramReport(Duration limit) {
  private static final Pattern PATH = Pattern.compile("(?<![^\\s\"'(=:])/[^\\s\"'),;:]*+");

  /// Characters of a program's error that a message quotes.
  private static final int LONGEST_MESSAGE = 200;

  static boolean isSuccess(SandboxedProcess.Outcome outcome) {
    return outcome instanceof SandboxedProcess.Ended ended && ended.status() == 0;
  }

  void requireSuccess(String overlay, SandboxedProcess.Outcome outcome) throws IOException {
    if (!isSuccess(outcome)) {
      throw unfit(overlay, problem(outcome));
    }
  }

  String problem(SandboxedProcess.Outcome outcome) throws IOException {
    return switch (outcome) {
      case SandboxedProcess.Ended ended ->
          "ended with %d and %s".formatted(ended.status(), said(ended.errors()));
      case SandboxedProcess.Overdue _ -> "did not end within %d s".formatted(limit.toSeconds());
      case SandboxedProcess.Excessive(long most) -> "printed more than %d bytes".formatted(most);
    };
  }

  /// The first line of what a program or its sandbox wrote, as its own word. Paths are left out:
  /// they are the machine's, or look so.
  private static String said(Blob errors) throws IOException {
    return new String(errors.bytes(SandboxedProcess.MOST_ERRORS), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .map(line -> PATH.matcher(line.strip()).replaceAll("(a path)").replace('"', '\''))
        .map(line -> "said \"" + Shown.of(line, LONGEST_MESSAGE) + "\"")
        .orElse("said nothing");
  }

  static UnfitInputException unfit(String overlay, String problem) {
    return new UnfitInputException("overlay \"%s\": its program %s".formatted(overlay, problem));
  }
}
