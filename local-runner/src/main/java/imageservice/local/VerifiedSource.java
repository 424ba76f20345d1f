package imageservice.local;

import imageservice.builder.fetch.SourcePolicy;
import imageservice.builder.fetch.TrustedRoots;
import imageservice.builder.fetch.Verifier;
import imageservice.builder.oci.ImageSource;
import imageservice.ledger.Admissions;

/// Where release images come from, and what is demanded of them.
///
/// @param roots by which identities are verified
record VerifiedSource(ImageSource images, SourcePolicy policy, TrustedRoots roots) {
  /// For a service, which remembers what it admitted.
  Verifier verifier(Admissions admissions) {
    return policy.verifier(images, roots, admissions);
  }

  /// For one command.
  Verifier verifier() {
    return policy.verifier(images, roots);
  }
}
