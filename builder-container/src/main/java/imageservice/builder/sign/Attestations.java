package imageservice.builder.sign;

import imageservice.plan.BuildPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Signs statements about assets.
public final class Attestations {
  private Attestations() {}

  /// The statement in a sigstore bundle.
  ///
  /// @param signer absent where the builder has no key
  /// @throws SigningException where the builder has not the plan's key
  public static String bundle(BuildPlan.Attestation attestation, Optional<Signer> signer)
      throws IOException {
    Signer present = SigningException.require(attestation.key(), signer, "asset");
    byte[] statement = attestation.statement().getBytes(StandardCharsets.UTF_8);
    return SigstoreBundle.of(statement, present).text();
  }
}
