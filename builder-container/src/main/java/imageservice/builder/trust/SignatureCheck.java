package imageservice.builder.trust;

import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import imageservice.text.Shown;
import java.util.Objects;

/// Checks signatures under one policy and one trusted root. What fails in any way is untrusted.
public final class SignatureCheck {
  private static final int SHOWN = 200;

  private final Policy policy;
  private final TrustedRoot root;

  public SignatureCheck(Policy policy, TrustedRoot root) {
    this.policy = policy;
    this.root = root;
  }

  /// Whether this material signs this image.
  public Outcome check(Digest image, Material material) {
    try {
      return new Outcome.Trusted(signer(image, material));
    } catch (UntrustedException | MalformedJsonException e) {
      return new Outcome.Untrusted(
          Shown.of(Objects.requireNonNullElse(e.getMessage(), "damaged"), SHOWN));
    } catch (RuntimeException e) {
      // a parser that did not expect such bytes
      return new Outcome.Untrusted("damaged: " + e.getClass().getSimpleName());
    }
  }

  private String signer(Digest image, Material material)
      throws UntrustedException, MalformedJsonException {
    return switch (policy) {
      case Policy.ByKey byKey -> {
        requireByKey(byKey, image, material);
        yield "the policy's key";
      }
      case Policy.Keyless keyless -> identity(keyless, image, material).toString();
    };
  }

  private static void requireByKey(Policy.ByKey policy, Digest image, Material material)
      throws UntrustedException, MalformedJsonException {
    switch (material) {
      case Material.Bundle bundle -> {
        Envelope envelope = Bundle.read(bundle.json()).envelope();
        envelope.require(policy.key());
        Statement.require(envelope.payload(), image);
      }
      case Material.SimpleSigning simple -> {
        SimpleSigningPayload.require(simple.payload(), image);
        Annotations annotations = new Annotations(simple.annotations());
        Keys.require(policy.key(), simple.payload(), annotations.signature(), "the payload");
      }
    }
  }

  private Identity identity(Policy.Keyless policy, Digest image, Material material)
      throws UntrustedException, MalformedJsonException {
    KeylessCheck keyless = new KeylessCheck(policy, root);
    return switch (material) {
      case Material.Bundle bundle -> keyless.bundle(Bundle.read(bundle.json()), image);
      case Material.SimpleSigning simple ->
          keyless.simple(simple.payload(), new Annotations(simple.annotations()), image);
    };
  }
}
