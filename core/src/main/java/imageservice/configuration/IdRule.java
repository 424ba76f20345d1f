package imageservice.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How a canonical text becomes an id (docs/configuration.md 1.1).
public sealed interface IdRule permits IdRule.Plain, IdRule.Keyed {
  ConfigurationId id(String canonicalText);

  /// SHA-256 of the text. Anybody can compute the id.
  record Plain() implements IdRule {
    @Override
    public ConfigurationId id(String canonicalText) {
      try {
        return hex(MessageDigest.getInstance("SHA-256").digest(canonicalText.getBytes(UTF_8)));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }

  /// HMAC-SHA256 of the text. Only who knows the key can compute the id.
  ///
  /// @param keyHex the key's bytes in hex, at least one
  record Keyed(String keyHex) implements IdRule {
    public Keyed {
      if (keyHex.isEmpty() || !keyHex.matches("([0-9a-f]{2})+")) {
        throw new IllegalArgumentException("not a key: bytes in lower-case hex are wanted");
      }
    }

    public static Keyed of(byte[] key) {
      return new Keyed(HexFormat.of().formatHex(key));
    }

    @Override
    public ConfigurationId id(String canonicalText) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HexFormat.of().parseHex(keyHex), "HmacSHA256"));
        return hex(mac.doFinal(canonicalText.getBytes(UTF_8)));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has HMAC-SHA256", e);
      }
    }

    /// Says nothing of the key.
    @Override
    public String toString() {
      return "Keyed";
    }
  }

  private static ConfigurationId hex(byte[] hash) {
    return new ConfigurationId(HexFormat.of().formatHex(hash));
  }
}
