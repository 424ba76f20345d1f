package imageservice.builder.fetch;

import imageservice.builder.oci.OciImage;
import imageservice.ledger.Admissions;
import java.io.IOException;

/// Asks a verifier about an image once for all builders: they share a table of what was admitted.
///
/// @param verifier decides about what is not in the table
record RememberedVerdicts(Verifier verifier, Admissions admissions) implements Verifier {
  @Override
  public Verifier current() throws IOException {
    return new RememberedVerdicts(verifier.current(), admissions);
  }

  @Override
  public String policy() throws IOException {
    return verifier.policy();
  }

  @Override
  public Verdict verify(OciImage image) throws IOException {
    String policy = verifier.policy();
    if (admissions.contain(image.digest(), policy)) {
      return new Verdict.Admitted();
    }
    Verdict verdict = verifier.verify(image);
    if (verdict instanceof Verdict.Admitted) {
      admissions.add(image.digest(), policy);
    }
    return verdict;
  }
}
