package imageservice.configuration;

/// A document that is not a configuration. The message is one line for the person who wrote it.
public final class InvalidConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  /// What is wrong, as far as the answer's status depends on it.
  public enum Kind {
    MALFORMED,
    TOO_LARGE
  }

  private final Kind kind;

  InvalidConfigurationException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  static InvalidConfigurationException malformed(String message) {
    return new InvalidConfigurationException(Kind.MALFORMED, message);
  }

  public Kind kind() {
    return kind;
  }

  /// The line to show: never null, unlike [Throwable#getMessage] in general.
  public String line() {
    return String.valueOf(getMessage());
  }
}
