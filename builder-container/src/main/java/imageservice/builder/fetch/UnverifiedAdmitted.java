package imageservice.builder.fetch;

import imageservice.builder.oci.OciImage;

/// Admits any image, on the operator's word.
public record UnverifiedAdmitted() implements Verifier {
  /// The option of the commands by which the operator gives that word.
  public static final String SWITCH = "--insecure-sources";

  @Override
  public String policy() {
    return "any image";
  }

  @Override
  public Verdict verify(OciImage image) {
    return new Verdict.Admitted();
  }
}
