package imageservice.builder.material;

import java.io.IOException;

/// Material from which an asset can never be made: another attempt fails as well.
public final class UnfitInputException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnfitInputException(String message) {
    super(message);
  }
}
