package imageservice.local;

/// What a person at the command line must know: the message says what is wrong and what to do.
final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  CommandException(String message) {
    super(message);
  }
}
