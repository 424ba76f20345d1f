package imageservice.builder.fetch;

import imageservice.builder.oci.OciImage;

/// Refuses every image, as a verifier does that finds no signature.
public record UnverifiedRefused() implements Verifier {
  @Override
  public String policy() {
    return "images whose signature is verified";
  }

  @Override
  public Verdict verify(OciImage image) {
    return new Verdict.Refused(
        "its signature is not verified",
        "to use unverified images, start with " + UnverifiedAdmitted.SWITCH);
  }
}
