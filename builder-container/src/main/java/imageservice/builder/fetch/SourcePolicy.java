package imageservice.builder.fetch;

import imageservice.builder.oci.ImageSource;
import imageservice.builder.trust.Policy;
import imageservice.ledger.Admissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// What an operator demands of a source's images.
public sealed interface SourcePolicy {
  /// The command-line option that says it.
  String SWITCH = "--source-policy";

  /// The variable that says it on AWS.
  String VARIABLE = "SOURCE_POLICY";

  /// The word for the makers of the official images, which holds where nothing is said.
  String OFFICIAL = "official";

  /// How it is written.
  String SYNTAX = "official, keyless:ISSUER,SUBJECT, key:FILE or insecure";

  /// Begins a policy for an identity.
  String KEYLESS = "keyless:";

  /// Begins a policy for a key.
  String KEY = "key:";

  /// Nothing: images are used unverified.
  record Insecure() implements SourcePolicy {}

  /// A good signature.
  record Signed(Policy policy) implements SourcePolicy {}

  /// The policy that a text means. A key is a file in PEM, or base64 of its DER in one line.
  ///
  /// @throws IllegalArgumentException where it means none, with what is wrong
  static SourcePolicy parse(String text) {
    String stripped = text.strip();
    if (stripped.equals(OFFICIAL)) {
      return new Signed(Policy.OFFICIAL);
    }
    if (stripped.equals("insecure")) {
      return new Insecure();
    }
    if (stripped.startsWith(KEYLESS)) {
      return new Signed(Policy.keyless(stripped.substring(KEYLESS.length())));
    }
    if (stripped.startsWith(KEY)) {
      return new Signed(key(stripped.substring(KEY.length())));
    }
    throw new IllegalArgumentException("not a policy; give " + SYNTAX);
  }

  private static Policy key(String text) {
    try {
      return Policy.byKey(text);
    } catch (IllegalArgumentException e) {
      return keyOfFile(text);
    }
  }

  private static Policy keyOfFile(String name) {
    try {
      Path file = Path.of(name);
      if (Files.size(file) > 64 << 10) {
        throw new IllegalArgumentException(name + " is no public key: it is too long");
      }
      return Policy.byKey(Files.readString(file, StandardCharsets.US_ASCII));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          name + " is neither a file that can be read nor a public key", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /// Who decides about the images of a source.
  ///
  /// @param admissions what builders admitted before
  default Verifier verifier(ImageSource source, TrustedRoots roots, Admissions admissions) {
    return switch (this) {
      case Insecure() -> new UnverifiedAdmitted();
      case Signed(Policy policy) ->
          new RememberedVerdicts(new SignedImages(source, policy, roots), admissions);
    };
  }

  /// The same for one process alone.
  default Verifier verifier(ImageSource source, TrustedRoots roots) {
    return switch (this) {
      case Insecure() -> new UnverifiedAdmitted();
      case Signed(Policy policy) -> new SignedImages(source, policy, roots);
    };
  }
}
