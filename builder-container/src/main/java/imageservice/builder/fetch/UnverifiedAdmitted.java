package imageservice.builder.fetch;

import imageservice.builder.oci.OciImage;

/// Admits every image unverified, as the operator chose.
public record UnverifiedAdmitted() implements Verifier {
  /// The command-line option by which the operator chooses it.
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
