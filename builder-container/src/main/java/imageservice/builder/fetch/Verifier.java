package imageservice.builder.fetch;

import imageservice.builder.oci.OciImage;
import java.io.IOException;

/// Decides which images may be used. {@link OciImages} asks it about an image's top digest, which
/// pins everything below it.
public interface Verifier {
  /// The verifier with the rules that hold now, which do not change any more.
  ///
  /// @throws IOException where they cannot be read
  default Verifier current() throws IOException {
    return this;
  }

  /// The verifier's rules as a text: two verifiers with the same text decide alike.
  String policy() throws IOException;

  /// Whether this image may be used.
  ///
  /// @throws IOException where the verifier cannot find out now
  Verdict verify(OciImage image) throws IOException;
}
