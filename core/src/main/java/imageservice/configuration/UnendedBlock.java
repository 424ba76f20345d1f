package imageservice.configuration;

/// A block scalar with which a document ends that lacks a final line break. The parser adds the
/// line break to the scalar, go-yaml does not (docs/configuration.md 1.3, block scalars).
final class UnendedBlock {
  private UnendedBlock() {}

  /// What go-yaml reads.
  ///
  /// @param source the document from the scalar's `|` or `>` to its end
  /// @param value what the parser read
  static String value(String source, String value) {
    int end = value.length() - 1;
    boolean isAdded =
        value.endsWith("\n") && !endsLine(source) && isContent(lastLine(source), source, value);
    return isAdded ? value.substring(0, end) : value;
  }

  /// Whether the last line of a document is ended, as it is by a line feed or a carriage return.
  static boolean endsLine(String document) {
    return document.endsWith("\n") || document.endsWith("\r");
  }

  private static String lastLine(String source) {
    return source.substring(Math.max(source.lastIndexOf('\n'), source.lastIndexOf('\r')) + 1);
  }

  /// A line of spaces alone is content where it is longer than the block's indentation.
  private static boolean isContent(String line, String source, String value) {
    return !line.isBlank() || line.length() > indentation(source, value);
  }

  /// How much further right the first visible character is in the source than in the value.
  private static int indentation(String source, String value) {
    return column(source, header(source)) - column(value, 0);
  }

  /// How long the line of the `|` or `>` is.
  private static int header(String source) {
    int end = 0;
    while (end < source.length() && source.charAt(end) != '\n' && source.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private static int column(String text, int from) {
    int column = 0;
    for (int i = from; i < text.length() && Character.isWhitespace(text.charAt(i)); i++) {
      column = text.charAt(i) == '\n' || text.charAt(i) == '\r' ? 0 : column + 1;
    }
    return column;
  }
}
