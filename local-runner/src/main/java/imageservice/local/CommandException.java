package imageservice.local;

/// A failure that a person at the command line is shown: the message says what is wrong and what to
/// do.
final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  CommandException(String message) {
    super(message);
  }
}
