package imageservice.builder.oci;

import java.io.IOException;
import java.io.InputStream;

/// Reads small documents whole, up to a limit.
final class Capped {
  private Capped() {}

  static byte[] read(String subject, InputStream in, int limit) throws IOException {
    byte[] content = in.readNBytes(limit + 1);
    if (content.length > limit) {
      throw new SourceException.TooLarge(subject, "a document of more than " + limit + " bytes");
    }
    return content;
  }
}
