package imageservice.builder.fetch;

import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.SourceException;

/// Which images may be used. {@link OciImages} applies it to the image's top digest, which pins
/// everything below it.
public sealed interface Trust {
  /// The switch that lets unverified images in.
  String SWITCH = "--insecure-sources";

  /// Refuses an image that may not be used.
  void admit(OciImage image) throws SourceException.Untrusted;

  /// Only images whose signature is verified: none, as there is no verifier yet.
  record VerifiedOnly() implements Trust {
    @Override
    public void admit(OciImage image) throws SourceException.Untrusted {
      throw new SourceException.Untrusted(
          image.toString(),
          "its signature is not verified",
          "to use unverified images, start with " + SWITCH);
    }
  }

  /// Any image, on the operator's word.
  record Insecure() implements Trust {
    @Override
    public void admit(OciImage image) {}
  }
}
