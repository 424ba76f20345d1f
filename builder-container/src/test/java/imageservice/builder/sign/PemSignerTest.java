package imageservice.builder.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.plan.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PemSignerTest {
  private static final byte[] TEXT = "a text".getBytes(StandardCharsets.UTF_8);

  /// RFC 8032, 7.1: the public key of each private one, and its signature of a message.
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60, d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '', e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb, 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72, 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7, fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82, 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  })
  void ed25519IsAsItsSpecificationSays(
      String secret, String known, String message, String signature) throws Exception {
    HexFormat hex = HexFormat.of();
    byte[] encoded = hex.parseHex("302e020100300506032b657004220420" + secret);
    PemSigner signer =
        PemSigner.of(
            "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----"
                .formatted(Base64.getEncoder().encodeToString(encoded)));
    assertThat(hex.formatHex(Base64.getDecoder().decode(signer.key().base64())))
        .isEqualTo("302a300506032b6570032100" + known);
    assertThat(hex.formatHex(signer.sign(hex.parseHex(message)))).isEqualTo(signature);
  }

  @ParameterizedTest
  @CsvSource({"RSA, 2048, SHA256withRSA", "RSA, 3072, SHA256withRSA", "Ed25519, 0, Ed25519"})
  void theKeyVerifiesWhatIsSignedAndEqualBytesGetEqualSignatures(
      String algorithm, int bits, String signature) throws Exception {
    PemSigner signer = PemSigner.of(Keys.fresh(algorithm, bits));
    byte[] signed = signer.sign(TEXT);
    assertThat(signer.sign(TEXT)).isEqualTo(signed);
    Signature judge = Signature.getInstance(signature);
    judge.initVerify(
        KeyFactory.getInstance(algorithm)
            .generatePublic(
                new X509EncodedKeySpec(Base64.getDecoder().decode(signer.key().base64()))));
    judge.update(TEXT);
    assertThat(judge.verify(signed)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RSA | 1024 | an RSA key of 1024 bits, and 2048 are the least",
        "EC | 256 | EC keys sign the same bytes differently each time, and an image has to be the"
            + " same bytes wherever it is built; use an RSA or Ed25519 key",
      })
  void unfitKeysAreRefusedWithWhatMakesAFitOne(String algorithm, int bits, String said) {
    assertThatThrownBy(() -> PemSigner.of(Keys.fresh(algorithm, bits)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(said + ": " + SigningKey.MAKE);
  }

  @Test
  void aKeyOfAnotherCurveIsRefused() {
    assertThatThrownBy(() -> PemSigner.of(Keys.fresh("Ed448", 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a damaged private key; " + SigningKey.MAKE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMC4=\n-----END ENCRYPTED PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n%\n-----END PRIVATE KEY-----"
      })
  void whatIsNoKeyIsRefused(String text) {
    assertThatThrownBy(() -> PemSigner.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "not a private key in PEM (BEGIN PRIVATE KEY), without a password; " + SigningKey.MAKE);
  }

  @Test
  void nothingPrintsTheSecret() {
    PemSigner signer = PemSigner.of(Keys.ED25519);
    assertThat(signer).hasToString("PemSigner[" + signer.key().id() + "]");
  }

  /// Both forms of one key.
  @Test
  void aKeyOfPkcs1IsTheSameAsOfPkcs8() throws Exception {
    PemSigner pkcs1 = PemSigner.of(BootTestKeys.KEY);
    String info = BootTestKeys.KEY.replaceAll("-----[A-Z ]+-----|\\s", "");
    byte[] encoded =
        Der.sequence(
            Der.integer(0),
            Der.sequence(Der.oid("1.2.840.113549.1.1.1"), Der.nothing()),
            Der.octets(Base64.getDecoder().decode(info)));
    PemSigner pkcs8 =
        PemSigner.of(
            "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                .formatted(Base64.getMimeEncoder().encodeToString(encoded)));
    assertThat(pkcs8.key()).isEqualTo(pkcs1.key());
    assertThat(pkcs8.sign(TEXT)).isEqualTo(pkcs1.sign(TEXT));
  }

  @ParameterizedTest
  @CsvSource({"SHA256, SHA256withRSA", "SHA384, SHA384withRSA", "SHA512, SHA512withRSA"})
  void signsByEachHash(SignatureHash hash, String algorithm) throws Exception {
    PemSigner signer = PemSigner.forBoot(BootTestKeys.PCR_KEY);
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(signer.key().key());
    verifier.update(TEXT);
    assertThat(verifier.verify(signer.sign(hash, TEXT))).isTrue();
  }
}
