package imageservice.builder.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyTest {
  @ParameterizedTest
  @CsvSource({
    "me@siderolabs.com, true",
    "me@siderolabs.com.example, false",
    "me@notsiderolabs.com, false",
    "releasemgr-svc@talos-production.iam.gserviceaccount.com, true",
    "a-releasemgr-svc@talos-production.iam.gserviceaccount.com, false",
    "releasemgr-svc@talos-production.iam.gserviceaccount.com.example, false",
  })
  void theOfficialOneExpectsTheMakersOfTheImages(String subject, boolean expected) {
    assertThat(Policy.OFFICIAL.subject().matches(subject)).isEqualTo(expected);
    assertThat(Policy.OFFICIAL.issuer().matches("https://accounts.google.com")).isTrue();
    assertThat(Policy.OFFICIAL.issuer().matches("https://accounts.google.com/")).isFalse();
  }

  @Test
  void anIssuerIsComparedOrSearchedFor() {
    Policy.Keyless exact = Policy.keyless("https://a.example,b{1,2}$");
    assertThat(exact.issuer().matches("https://aaexample")).isFalse();
    assertThat(exact.subject().matches("xbb")).isTrue();
    Policy.Keyless searched = Policy.keyless("~^https://a\\.,b");
    assertThat(searched.issuer().matches("https://a.example")).isTrue();
  }

  @Test
  void itsTextSaysAllOfIt() {
    SigstoreWorld world = new SigstoreWorld();
    for (Policy policy :
        new Policy[] {Policy.OFFICIAL, Policy.keyless("~x,y"), Policy.byKey(world.ownKeyPem())}) {
      String[] parts = policy.toString().split(":", 2);
      Policy again = parts[0].equals("key") ? Policy.byKey(parts[1]) : Policy.keyless(parts[1]);
      assertThat(again).hasToString(policy.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "a", "a,", ",b", "a,(", "~(,b", "~,b"})
  void refusesWhatIsNoIdentity(String text) {
    assertThatThrownBy(() -> Policy.keyless(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AAAA",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"
      })
  void refusesWhatIsNoKey(String text) {
    assertThatThrownBy(() -> Policy.byKey(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a public key in PEM: ");
  }

  @Test
  void refusesAnotherBlock() {
    String pem = new SigstoreWorld().ownKeyPem().replace("PUBLIC", "PUBLIK");
    assertThatThrownBy(() -> Policy.byKey(pem))
        .hasMessage("not a public key in PEM: not one block of PEM, BEGIN PUBLIC KEY");
  }

  @Test
  void refusesAShortKey() throws Exception {
    java.security.KeyPairGenerator maker = java.security.KeyPairGenerator.getInstance("RSA");
    maker.initialize(1024);
    String pem =
        SigstoreWorld.pem("PUBLIC KEY", Bytes.of(maker.generateKeyPair().getPublic().getEncoded()));
    assertThatThrownBy(() -> Policy.byKey(pem)).hasMessageContaining("RSA of 2048 bits");
  }
}
