package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SigningKeyTest {
  /// RFC 8410, 10.1.
  private static final String PEM =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
      -----END PUBLIC KEY-----
      """;

  @Test
  void aKeyInPemIsTheKeyInOneLine() {
    SigningKey key = SigningKey.parse(PEM);
    assertThat(key.pem()).isEqualTo(PEM);
    assertThat(SigningKey.parse(key.base64())).isEqualTo(key);
    assertThat(key.id())
        .as("openssl pkey -pubin -outform DER | sha256sum")
        .hasToString("sha256:a1e9156054e04fac899ae9f275132cdc07a5dbc4ea2c2ad3a1ffc6e0d253681f");
  }

  @Test
  void linesOfAFileHave64Characters() throws Exception {
    SigningKey key = SigningKey.of(key("RSA", 2048));
    assertThat(key.pem().lines().skip(1).toList())
        .hasSize(8)
        .startsWith(key.base64().substring(0, 64), key.base64().substring(64, 128));
    assertThat(key.pem()).endsWith("\n-----END PUBLIC KEY-----\n");
    assertThat(SigningKey.parse(key.pem())).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RSA | 1024 | an RSA key of 1024 bits, and 2048 are the least",
        "EC | 256 | EC keys sign the same bytes differently each time, and an image has to be the"
            + " same bytes wherever it is built; use an RSA or Ed25519 key",
        "Ed448 | 448 | a key for EdDSA; use an RSA or Ed25519 key",
      })
  void unfitKeysAreRefusedWithWhatMakesAFitOne(String algorithm, int bits, String said)
      throws Exception {
    String text = Base64.getEncoder().encodeToString(key(algorithm, bits).getEncoded());
    assertThatThrownBy(() -> SigningKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(said + ": " + SigningKey.MAKE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MCow", "%", "-----BEGIN PUBLIC KEY-----"})
  void whatIsNoKeyIsRefused(String text) {
    assertThatThrownBy(() -> SigningKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a public key: write it with: openssl pkey -in signing.pem -pubout");
  }

  private static PublicKey key(String algorithm, int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (!algorithm.startsWith("Ed")) {
      generator.initialize(bits);
    }
    return generator.generateKeyPair().getPublic();
  }
}
