package imageservice.builder.sign;

import imageservice.release.Digest;
import java.io.IOException;
import java.util.Optional;

/// The builder has not the keys that a plan names, or its own do not belong together.
public final class SigningException extends IOException {
  private static final long serialVersionUID = 1L;

  SigningException(String message) {
    super(message);
  }

  /// That nothing is signed by another key than people verify with.
  ///
  /// @param key the id of the plan's key
  /// @param signer absent where the builder has no key
  /// @param what is to be signed
  static Signer require(Digest key, Optional<Signer> signer, String what) throws IOException {
    Signer present =
        signer.orElseThrow(() ->
            new SigningException(
                "the builder has no signing key, and the %s is to be signed by %s: give it the key"
                    .formatted(what, key)));
    if (!present.key().id().equals(key)) {
      throw new SigningException(
          "the builder's signing key is %s, and the %s is to be signed by %s: give the builder"
                  .formatted(present.key().id(), what, key)
              + " and the functions the two halves of one key");
    }
    return present;
  }
}
