package imageservice.builder.fetch;

import imageservice.builder.oci.OciImage;
import java.io.IOException;

/// Says which images may be used. {@link OciImages} asks it about an image's top digest, which pins
/// everything below it.
public interface Verifier {
  /// The rules it follows, as a text: two verifiers with the same rules say the same of an image.
  String policy();

  /// Whether this image may be used. An exception says that this could not be found out now.
  Verdict verify(OciImage image) throws IOException;
}
