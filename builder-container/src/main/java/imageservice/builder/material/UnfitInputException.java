package imageservice.builder.material;

import java.io.IOException;

/// Material from which an asset can never be made: another attempt fails as well.
public sealed class UnfitInputException extends IOException permits OtherArchitectureException {
  private static final long serialVersionUID = 1L;

  public UnfitInputException(String message) {
    super(message);
  }
}
