package imageservice.builder.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// A signature that sigstore's public instance helped to make, and the root that is shipped. The
/// fixture is what Maven Central has as `dev.sigstore:sigstore-java:jar.sigstore.json:2.0.0`; the
/// digest is the jar's. It signs a file and no image, so it is checked in parts.
final class PublicInstanceTest {
  private static final String JAR =
      "f338c08740cdb2e663737abaf372fc3c442210ab7291c991e180797bd886cd61";
  private static final Policy.Keyless MAKERS =
      Policy.keyless(
          "https://token.actions.githubusercontent.com,^https://github\\.com/sigstore/sigstore-java/.*@refs/tags/v2\\.0\\.0$");

  private record Published(Certificate leaf, LogEntry entry, Bytes signature) {
    static Published read() throws IOException, MalformedJsonException, UntrustedException {
      try (InputStream in =
          PublicInstanceTest.class.getResourceAsStream("sigstore-java-2.0.0.jar.sigstore.json")) {
        JsonFields bundle = JsonFields.foreign(in.readAllBytes());
        JsonFields material = bundle.object("verificationMaterial");
        return new Published(
            Certificate.of(
                Bytes.ofBase64(material.object("certificate").line("rawBytes"), "certificate")),
            LogEntry.ofBundle(material.objects("tlogEntries").getFirst()),
            Bytes.ofBase64(bundle.object("messageSignature").line("signature"), "signature"));
      }
    }
  }

  @Test
  void theShippedRootVerifiesWhatThePublicInstanceSigned() throws Exception {
    Published published = Published.read();
    Certificate leaf = published.leaf();
    KeylessCheck check = new KeylessCheck(MAKERS, TrustedRoot.shipped());
    assertThat(check.identity(leaf).issuer())
        .isEqualTo("https://token.actions.githubusercontent.com");
    LogBody.read(published.entry().content())
        .require(Bytes.ofHex(JAR, "jar"), published.signature(), leaf);
    assertThat(isSigned(published)).isTrue();
    KeylessCheck.requireIncluded(published.entry(), check.timed(published.entry(), leaf));
    assertThat(published.entry().time()).isEqualTo(Instant.parse("2025-11-20T20:45:23Z"));
  }

  @Test
  void anotherIdentityIsRefused() throws Exception {
    Published published = Published.read();
    for (Policy.Keyless policy :
        new Policy.Keyless[] {
          Policy.OFFICIAL,
          Policy.keyless("https://token.actions.githubusercontent.com,@refs/tags/v2\\.0\\.1$"),
          Policy.keyless("https://token.actions.githubusercontent,sigstore-java")
        }) {
      assertThatThrownBy(
              () -> new KeylessCheck(policy, TrustedRoot.shipped()).identity(published.leaf()))
          .isInstanceOf(UntrustedException.class)
          .hasMessageContaining("the signer is https://github.com/sigstore/sigstore-java/");
    }
  }

  @Test
  void whatHasEndedStaysInTheShippedRoot() {
    Instant early = Instant.parse("2021-06-01T00:00:00Z");
    assertThat(TrustedRoot.shipped().authorities(early)).hasSize(1);
    assertThat(TrustedRoot.shipped().authorities(Instant.parse("2022-06-01T00:00:00Z"))).hasSize(2);
    assertThat(TrustedRoot.shipped().digest().hex())
        .isEqualTo("6494e21ea73fa7ee769f85f57d5a3e6a08725eae1e38c755fc3517c9e6bc0b66");
  }

  /// The jar itself is not here: its hash is.
  private static boolean isSigned(Published published) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("NONEwithECDSA");
    signature.initVerify(published.leaf().key());
    try {
      signature.update(Bytes.ofHex(JAR, "jar").array());
    } catch (UntrustedException e) {
      throw new IllegalStateException(e);
    }
    return signature.verify(published.signature().array());
  }
}
