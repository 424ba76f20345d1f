package imageservice.builder.material;

import java.io.IOException;

/// Source material from which the asset can never be made, whoever tries again.
public final class UnfitInputException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnfitInputException(String message) {
    super(message);
  }
}
