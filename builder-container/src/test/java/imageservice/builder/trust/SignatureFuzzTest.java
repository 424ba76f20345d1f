package imageservice.builder.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imageservice.release.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// Whatever stands where signature material was looked for, a refusal comes out and nothing else.
final class SignatureFuzzTest {
  private static final Digest IMAGE = Digest.of(new byte[] {7});
  private static final SigstoreWorld WORLD = new SigstoreWorld();
  private static final SignatureCheck KEYLESS =
      new SignatureCheck(
          Policy.keyless(SigstoreWorld.ISSUER + ",@example\\.org$"),
          TrustedRoot.parse(WORLD.trustedRoot()));
  private static final String STAMPED = text(new SignatureForge(WORLD, IMAGE).stampedBundle());
  private static final String CERTIFICATE = field("rawBytes");
  private static final String TIMESTAMP = field("signedTimestamp");

  private static String text(Material.Bundle bundle) {
    return new String(bundle.json().array(), StandardCharsets.UTF_8);
  }

  private static String field(String name) {
    return STAMPED.replaceFirst("(?s).*\"" + name + "\":\"([^\"]*)\".*", "$1");
  }

  @FuzzTest
  void noBytesAreASignature(byte[] bytes) {
    assertRefused(new Material.Bundle(Bytes.of(bytes)));
    String text = new String(bytes, StandardCharsets.UTF_8);
    assertRefused(
        new Material.SimpleSigning(
            Bytes.of(bytes),
            Map.of(
                "dev.cosignproject.cosign/signature",
                text,
                "dev.sigstore.cosign/certificate",
                text,
                "dev.sigstore.cosign/bundle",
                text)));
  }

  @FuzzTest
  void noOtherCertificateIsTrusted(byte[] der) {
    assertRefusedInPlaceOf(CERTIFICATE, der);
  }

  @FuzzTest
  void noOtherTimestampIsAnError(byte[] der) {
    assertRefusedInPlaceOf(TIMESTAMP, der);
  }

  @FuzzTest
  void whatIsNoTrustedRootIsSaidToBeNone(byte[] json) {
    try {
      TrustedRoot.parse(json);
    } catch (IllegalArgumentException expected) {
      assertThat(expected).hasMessageStartingWith("not a trusted root of sigstore's: ");
    }
  }

  private static void assertRefusedInPlaceOf(String original, byte[] other) {
    String encoded = Base64.getEncoder().encodeToString(other);
    assertRefused(new Material.Bundle(Bytes.ofUtf8(STAMPED.replace(original, encoded))));
  }

  private static void assertRefused(Material material) {
    assertThat(KEYLESS.check(IMAGE, material)).isInstanceOf(Outcome.Untrusted.class);
  }
}
