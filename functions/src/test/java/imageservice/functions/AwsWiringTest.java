package imageservice.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.AssetAddress;
import imageservice.configuration.IdRule;
import imageservice.functions.asset.AssetLinks;
import imageservice.functions.asset.S3AssetLinks;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class AwsWiringTest {
  private static final AssetAddress KEY =
      AssetAddress.parse("g1a2b3c4d/image/" + "0".repeat(64) + "/v1.9.5/metal-amd64.iso")
          .orElseThrow();

  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              "EXTERNAL_URL", "https://factory.example/",
              "CONFIGURATIONS_TABLE", "configurations",
              "BUILDS_TABLE", "builds",
              "ASSET_BUCKET", "assets",
              "BUILDER_FUNCTION", "build",
              "INDEX_FUNCTION", "index",
              "AWS_REGION", "eu-central-1"));

  @Test
  void needsNothingButItsEnvironment() {
    FunctionsWiring wiring = new AwsWiring(environment).wiring();
    assertThat(wiring.settings().idRule().get()).isEqualTo(new IdRule.Plain());
    assertThat(wiring.settings().pxeUrl()).isEqualTo("https://factory.example/");
    for (Endpoint.Owner function : Endpoint.Owner.values()) {
      assertThat(wiring.router(function)).isNotNull();
    }
  }

  @Test
  void theKeyOfIdsIsReadWhereIdsAreMade() {
    environment.put("ID_KEY_HEX", "no key");
    FunctionsWiring wiring = new AwsWiring(environment).wiring();
    assertThat(wiring.router(Endpoint.Owner.RELEASE)).isNotNull();
    Supplier<IdRule> rule = wiring.settings().idRule();
    assertThatThrownBy(rule::get)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("ID_KEY_HEX: not a key: bytes in lower-case hex are wanted");
    environment.put("ID_KEY_HEX", "00ff");
    assertThat(new AwsWiring(environment).wiring().settings().idRule().get())
        .isEqualTo(new IdRule.Keyed("00ff"));
  }

  @Test
  void theKeysOfSecureBootAreACertificateAndAPublicKey() {
    assertThat(new AwsWiring(environment).wiring().settings().bootKeys()).isEmpty();
    environment.put("SECURE_BOOT_CERTIFICATE", RecordedKeys.KEYS.certificate().base64());
    assertThatThrownBy(() -> new AwsWiring(environment).wiring())
        .hasMessageContaining("PCR_PUBLIC_KEY");
    environment.put(
        "PCR_PUBLIC_KEY", "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=");
    assertThatThrownBy(() -> new AwsWiring(environment).wiring())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("PCR_PUBLIC_KEY: not an RSA key, and secure boot takes");
    environment.put("PCR_PUBLIC_KEY", RecordedKeys.KEYS.pcr().base64());
    assertThat(new AwsWiring(environment).wiring().settings().bootKeys())
        .contains(RecordedKeys.KEYS);
    environment.put("SECURE_BOOT_CERTIFICATE", "none");
    assertThatThrownBy(() -> new AwsWiring(environment).wiring())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("SECURE_BOOT_CERTIFICATE: not one certificate in PEM");
  }

  @Test
  void refusesATimeThatIsNone() {
    environment.put("LINK_MINUTES", "an hour");
    assertThatThrownBy(() -> new AwsWiring(environment).wiring())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("LINK_MINUTES: not a number: an hour");
  }

  @Test
  void linksAreOfTheEdgeWhereThereIsOne() throws Exception {
    assertThat(new AwsWiring(environment).wiring().links()).isInstanceOf(S3AssetLinks.class);
    environment.put("EDGE_HOST", "edge.example");
    assertThatThrownBy(() -> new AwsWiring(environment).wiring())
        .hasMessageContaining("EDGE_KEY_ID");
    environment.put("EDGE_KEY_ID", "K2");
    environment.put("EDGE_KEY", "none");
    AssetLinks links = new AwsWiring(environment).wiring().links();
    assertThatThrownBy(() -> links.presign(KEY, AssetLinks.Method.GET, Optional.empty()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("EDGE_KEY: not an RSA key");
    environment.put("EDGE_KEY", pem());
    environment.put("LINK_MINUTES", "5");
    assertThat(
            new AwsWiring(environment)
                .wiring()
                .links()
                .presign(KEY, AssetLinks.Method.HEAD, Optional.empty()))
        .startsWith("https://edge.example/" + KEY + "?Expires=")
        .endsWith("&Key-Pair-Id=K2");
  }

  private static String pem() throws GeneralSecurityException {
    byte[] key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded();
    String body = Base64.getEncoder().encodeToString(key);
    return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
  }
}
