package imageservice.builder.index;

import imageservice.builder.oci.OciImage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A catalogue that cannot be understood. The message names the image, the file and the line.
public final class CatalogueException extends IOException {
  private static final long serialVersionUID = 1L;

  CatalogueException(OciImage image, String problem, @Nullable Throwable cause) {
    super("%s: %s; what was pushed is broken".formatted(image, problem), cause);
  }
}
