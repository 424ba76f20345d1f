package imageservice.builder.yaml;

import imageservice.text.Shown;
import java.io.IOException;

/// Text that is not the YAML that is read here; says the line where it is known, and why, in one
/// line.
public final class MalformedYamlException extends IOException {
  private static final long serialVersionUID = 1L;

  /// Characters of a parser's message that anybody reads.
  private static final int SHOWN = 200;

  MalformedYamlException(String problem) {
    super(oneLine(problem));
  }

  /// @param line of the document, from 1
  MalformedYamlException(int line, String problem) {
    super("line %d: %s".formatted(line, oneLine(problem)));
  }

  private static String oneLine(String problem) {
    return Shown.of(problem.replaceAll("\\s+", " "), SHOWN);
  }
}
