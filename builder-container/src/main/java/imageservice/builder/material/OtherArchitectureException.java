package imageservice.builder.material;

/// Material that its source has for other architectures only.
public final class OtherArchitectureException extends UnfitInputException {
  private static final long serialVersionUID = 1L;

  public OtherArchitectureException(String message) {
    super(message);
  }
}
