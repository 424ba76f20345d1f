package imageservice.builder.fetch;

/// What a {@link Verifier} decides about an image.
public sealed interface Verdict {
  /// The image may be used.
  record Admitted() implements Verdict {}

  /// The image must not be used.
  ///
  /// @param reason why
  /// @param remedy what a person can do about it
  record Refused(String reason, String remedy) implements Verdict {}
}
