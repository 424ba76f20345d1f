package imageservice.builder.trust;

/// What became of checking one signature.
public sealed interface Outcome {
  /// The signature is good under the policy.
  ///
  /// @param signer whose it is, in one line
  record Trusted(String signer) implements Outcome {}

  /// The signature must not be relied on.
  ///
  /// @param reason one clause
  record Untrusted(String reason) implements Outcome {}
}
