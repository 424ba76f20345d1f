package imageservice.configuration;

/// A document that is not a configuration. The message is one line for the person who wrote it.
public final class InvalidConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  /// What is wrong, as far as the answer's status depends on it.
  public enum Kind {
    /// There is no document.
    EMPTY,
    MALFORMED,
    TOO_LARGE
  }

  private final Kind kind;
  private final String expected;

  InvalidConfigurationException(Kind kind, String message) {
    this(kind, message, "");
  }

  private InvalidConfigurationException(Kind kind, String message, String expected) {
    super(message);
    this.kind = kind;
    this.expected = expected;
  }

  static InvalidConfigurationException malformed(String message) {
    return new InvalidConfigurationException(Kind.MALFORMED, message);
  }

  static InvalidConfigurationException empty(String message, String expected) {
    return new InvalidConfigurationException(Kind.EMPTY, message, expected);
  }

  /// @param expected what the document should say, with an example
  static InvalidConfigurationException malformed(String message, String expected) {
    return new InvalidConfigurationException(Kind.MALFORMED, message, expected);
  }

  /// The line, and what is expected.
  public String explained() {
    return expected.isEmpty() ? line() : line() + "; " + expected;
  }

  public Kind kind() {
    return kind;
  }

  /// The line to show: never null, unlike [Throwable#getMessage] in general.
  public String line() {
    return String.valueOf(getMessage());
  }
}
