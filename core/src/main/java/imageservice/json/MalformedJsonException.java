package imageservice.json;

/// Text that is not the JSON document it should be; says which field and why.
public final class MalformedJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedJsonException(String reason) {
    super(reason);
  }
}
