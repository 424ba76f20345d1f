package imageservice.local;

import imageservice.builder.BuilderWiring;
import imageservice.builder.fetch.SourcePolicy;
import imageservice.builder.fetch.TrustedRoots;
import imageservice.builder.oci.ImageSource;
import imageservice.ledger.Admissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Where release images come from, and what is demanded of them.
///
/// @param roots by which identities are verified
/// @param catalogues of the operator's, the first one first
record VerifiedSource(
    ImageSource images, SourcePolicy policy, TrustedRoots roots, List<Catalogue> catalogues) {
  /// @param prefix of its registry
  record Catalogue(String prefix, ImageSource images, SourcePolicy policy) {}

  VerifiedSource {
    catalogues = List.copyOf(catalogues);
  }

  /// @param admissions what was admitted before; absent for a command, which forgets it
  BuilderWiring.From from(Optional<Admissions> admissions) {
    return from(images, policy, admissions);
  }

  /// The catalogues by their prefixes.
  SequencedMap<String, BuilderWiring.From> own(Optional<Admissions> admissions) {
    SequencedMap<String, BuilderWiring.From> own = new LinkedHashMap<>();
    catalogues.forEach(
        each -> own.put(each.prefix(), from(each.images(), each.policy(), admissions)));
    return own;
  }

  private BuilderWiring.From from(
      ImageSource source, SourcePolicy demanded, Optional<Admissions> admissions) {
    return new BuilderWiring.From(
        source,
        admissions
            .map(known -> demanded.verifier(source, roots, known))
            .orElseGet(() -> demanded.verifier(source, roots)));
  }
}
