package imageservice.builder.trust;

import java.security.PublicKey;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Whose signatures are good. Its text says all of it: policies of one text decide alike.
public sealed interface Policy {
  /// Signatures of the official images' makers.
  Keyless OFFICIAL =
      new Keyless(
          new Expected.Exactly("https://accounts.google.com"),
          new Expected.Found(
              Pattern.compile(
                  "(@siderolabs\\.com$|^releasemgr-svc@talos-production\\.iam\\.gserviceaccount\\.com$)")));

  /// Those of an identity, by a certificate that was issued to it.
  record Keyless(Expected issuer, Expected subject) implements Policy {
    @Override
    public String toString() {
      return "keyless:%s,%s".formatted(issuer, subject);
    }
  }

  /// Those by a key.
  record ByKey(PublicKey key) implements Policy {
    @Override
    public String toString() {
      return "key:" + Bytes.of(key.getEncoded()).base64();
    }
  }

  /// The policy of `ISSUER,SUBJECT`. The subject is an expression that is searched for; the issuer
  /// is compared, or searched for where `~` stands before it.
  ///
  /// @throws IllegalArgumentException where it is none, with what is wrong
  static Keyless keyless(String text) {
    String[] parts = text.split(",", 2);
    if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
      throw new IllegalArgumentException("not ISSUER,SUBJECT: " + text);
    }
    Expected issuer =
        parts[0].startsWith("~")
            ? new Expected.Found(expression(parts[0].substring(1)))
            : new Expected.Exactly(parts[0]);
    return new Keyless(issuer, new Expected.Found(expression(parts[1].replaceFirst("^~", ""))));
  }

  /// @param text a public key in PEM, or base64 of its DER
  /// @throws IllegalArgumentException where it is none, with what is wrong
  static ByKey byKey(String text) {
    try {
      return new ByKey(
          text.contains("-----")
              ? Keys.ofPem(text)
              : Keys.of(Bytes.ofBase64(text.strip(), "the key")));
    } catch (UntrustedException e) {
      throw new IllegalArgumentException("not a public key in PEM: " + e.getMessage(), e);
    }
  }

  private static Pattern expression(String text) {
    try {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("an empty expression");
      }
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("not an expression: " + e.getDescription(), e);
    }
  }
}
