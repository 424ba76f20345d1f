package imageservice.builder.sign;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.plan.SigningCertificate;
import imageservice.plan.SigningKey;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class SignedDataTest {
  private static final byte[] HASH = new byte[32];

  /// The recorded certificate with a key of the same length, whose signatures are as long.
  private final SignedData recorded =
      new SignedData(
          SigningCertificate.parse(BootTestKeys.RECORDED), PemSigner.forBoot(BootTestKeys.KEY));

  /// `certificate entry: length=1434` of `uki-amd64-secureboot.txt`, without its header of 8 bytes.
  @Test
  void theSignatureOfAnImageIsAsLongAsTheReferences() throws IOException {
    assertThat(recorded.ofImage(HASH)).hasSize(1434 - 8).startsWith(0x30, 0x82, 0x05, 0x8E);
  }

  /// `WIN_CERTIFICATE length=1321` of `PK.auth`, without its header of 24 bytes.
  @Test
  void theSignatureOfAnUpdateIsAsLongAsTheReferences() throws IOException {
    assertThat(recorded.ofBytes(HASH)).hasSize(1321 - 24);
  }

  @Test
  void itsTimeIsTheEpochAndItsBytesAreAlwaysTheSame() throws IOException {
    byte[] signature = recorded.ofImage(HASH);
    assertThat(new String(signature, StandardCharsets.ISO_8859_1)).contains("190601213452Z");
    assertThat(recorded.ofImage(HASH)).isEqualTo(signature);
    assertThat(recorded.ofImage(new byte[] {1})).isNotEqualTo(signature);
  }

  /// `pkfp` of the recorded `.pcrpkey`.
  @Test
  void aKeysFingerprintIsThatOfPkcs1() {
    SigningKey key =
        SigningKey.parse(
            """
            -----BEGIN PUBLIC KEY-----
            MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA7I0bRIeVZLgbS8dCvQvA
            D6e66lZsNT0RlTLECP9CwN9t7rcgjsUQtuY7pkdfsjjr8hJIbofu+UlufJDyZUe5
            bp2SAXNVFffiN3Wi6lZ+w5XwlE6j0gubge0oL0/pDfn99Zyo7m+y84t+6YJDSdTK
            jF0+w07Mk0QJlbTRrUZum7qcSmjvK3U1Zn+JpTszf9BPinBxoh5w7LZxdd6CKdmS
            AmKi1IYGbi1rn235mq8QsYO1ugWH1PPQa5qi+ttWVNcBMhBt/6qlKkLf5ULeOJyO
            dLdeT7Myr2mV6xSiBGR0eHP43aanmv24fcT0rDpiSYcy7aE5Q1lxuW2YwuMyjmLw
            MQIDAQAB
            -----END PUBLIC KEY-----
            """);
    assertThat(Digest.of(RsaKeys.pkcs1((RSAPublicKey) key.key())).hex())
        .isEqualTo("a782f0bef6c192f77930b480bf38d05ef8b5cd6134842608f72ebc35ad818213");
  }

  /// By `openssl asn1parse -genstr`.
  @Test
  void valuesAreWrittenAsInDer() {
    assertThat(hex(Der.oid("1.3.6.1.4.1.311.2.1.15"))).isEqualTo("060a2b06010401823702010f");
    assertThat(hex(Der.oid("2.5.29.19"))).isEqualTo("0603551d13");
    assertThat(hex(Der.integer(128))).isEqualTo("02020080");
    assertThat(hex(Der.time(java.time.Instant.parse("2050-01-01T00:00:00Z"))))
        .isEqualTo("180f" + "32303530303130313030303030305a");
    assertThat(Der.octets(new byte[127])).hasSize(129);
    assertThat(hex(Der.octets(new byte[128]))).startsWith("048180");
    assertThat(hex(Der.octets(new byte[65536]))).startsWith("0483010000");
    assertThat(Der.content(Der.octets(new byte[300]))).hasSize(300);
    assertThat(Der.content(Der.octets(new byte[3]))).hasSize(3);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
