package imageservice.builder.oci;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A name and a secret for a private registry.
public record Credential(String user, String secret) {
  /// The value of an `Authorization` header (RFC 7617).
  String basic() {
    byte[] pair = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /// Keeps the secret out of logs.
  @Override
  public String toString() {
    return "Credential[" + user + "]";
  }
}
