package imageservice.builder.trust;

/// A check that failed; the message is one clause that says what is wrong.
final class UntrustedException extends Exception {
  private static final long serialVersionUID = 1L;

  UntrustedException(String reason) {
    super(reason);
  }
}
