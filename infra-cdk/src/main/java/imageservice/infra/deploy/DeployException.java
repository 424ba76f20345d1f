package imageservice.infra.deploy;

/// What failed and what to do, in one line for whoever typed the command.
final class DeployException extends Exception {
  private static final long serialVersionUID = 1L;

  DeployException(String message) {
    super(message);
  }

  /// The same for a failure that something else reports.
  static DeployException of(String what, Throwable cause, String todo) {
    DeployException failure = new DeployException(what + ": " + line(cause) + "; " + todo);
    failure.initCause(cause);
    return failure;
  }

  /// A failure's first cause in one line: what it is, where its message alone would not say, and
  /// its message.
  static String line(Throwable failure) {
    Throwable first = failure;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    String message = String.valueOf(first.getMessage()).strip().replaceAll("\\s+", " ");
    return message.contains(" ") ? message : first.getClass().getSimpleName() + ": " + message;
  }
}
