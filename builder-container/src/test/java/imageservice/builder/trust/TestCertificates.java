package imageservice.builder.trust;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// Writes certificates as Fulcio and its like do: values of DER, one a line (RFC 5280, RFC 6962).
final class TestCertificates {
  static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
  static final String SERVER = "1.3.6.1.5.5.7.3.1";
  static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

  private static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private TestCertificates() {}

  static KeyPair pair(String algorithm) {
    try {
      KeyPairGenerator maker = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        maker.initialize(new ECGenParameterSpec("secp256r1"));
      }
      return maker.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Bytes sign(PrivateKey key, Bytes message) {
    try {
      String algorithm =
          switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> "Ed25519";
          };
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(message.array());
      return Bytes.of(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Bytes der(int tag, Bytes... parts) {
    return Der.encode(tag, Bytes.joined(parts));
  }

  static Bytes sequence(Bytes... parts) {
    return der(Der.SEQUENCE, parts);
  }

  static Bytes octets(Bytes content) {
    return der(Der.OCTET_STRING, content);
  }

  static Bytes integer(long value) {
    return der(Der.INTEGER, Bytes.of(BigInteger.valueOf(value).toByteArray()));
  }

  static Bytes oid(String dotted) {
    long[] arcs = Arrays.stream(dotted.split("\\.")).mapToLong(Long::parseLong).toArray();
    List<Bytes> parts = new ArrayList<>();
    parts.add(arc(arcs[0] * 40 + arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      parts.add(arc(arcs[i]));
    }
    return der(Der.OID, parts.toArray(Bytes[]::new));
  }

  private static Bytes arc(long value) {
    byte[] bytes = new byte[10];
    int at = bytes.length;
    for (long rest = value; at == bytes.length || rest > 0; rest >>>= 7) {
      at--;
      bytes[at] = (byte) ((rest & 0x7F) | (at == bytes.length - 1 ? 0 : 0x80));
    }
    return Bytes.of(Arrays.copyOfRange(bytes, at, bytes.length));
  }

  /// A name of one part; of none where the text is empty.
  static Bytes name(String common) {
    return common.isEmpty()
        ? sequence()
        : sequence(
            der(Der.SET, sequence(oid("2.5.4.3"), der(Der.UTF8_STRING, Bytes.ofUtf8(common)))));
  }

  static Bytes extension(String oid, boolean critical, Bytes value) {
    return critical
        ? sequence(oid(oid), Bytes.of(new byte[] {1, 1, (byte) 0xFF}), octets(value))
        : sequence(oid(oid), octets(value));
  }

  static Bytes usage(String purpose, boolean critical) {
    return extension("2.5.29.37", critical, sequence(oid(purpose)));
  }

  static Bytes subjectKey(PublicKey key) {
    return extension("2.5.29.14", false, octets(keyId(key)));
  }

  static Bytes authorityKey(PublicKey issuer) {
    return extension("2.5.29.35", false, sequence(der(0x80, keyId(issuer))));
  }

  private static Bytes keyId(PublicKey key) {
    try {
      return Bytes.of(MessageDigest.getInstance("SHA-1").digest(key.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The part that an issuer signs.
  record Unsigned(
      String issuer, String subject, PublicKey key, Period lifetime, List<Bytes> extensions) {
    Bytes bytes() {
      return sequence(
          der(Der.context(0), integer(2)),
          integer(Math.abs((long) Bytes.of(key.getEncoded()).hashCode()) + 1),
          sequence(oid(ECDSA_SHA256)),
          name(issuer),
          sequence(time(lifetime.start()), time(lifetime.end())),
          name(subject),
          Bytes.of(key.getEncoded()),
          der(Der.context(3), sequence(extensions.toArray(Bytes[]::new))));
    }

    Unsigned with(Bytes extension) {
      List<Bytes> more = new ArrayList<>(extensions);
      more.add(extension);
      return new Unsigned(issuer, subject, key, lifetime, more);
    }

    Bytes signedBy(PrivateKey issuerKey) {
      Bytes unsigned = bytes();
      Bytes signature = sign(issuerKey, unsigned);
      return sequence(
          unsigned, sequence(oid(ECDSA_SHA256)), der(3, Bytes.of(new byte[] {0}), signature));
    }
  }

  private static Bytes time(Instant time) {
    return der(0x17, Bytes.ofUtf8(UTC.format(time)));
  }

  static Unsigned authority(
      String issuer,
      String subject,
      PublicKey issuerKey,
      PublicKey key,
      int below,
      Period lifetime) {
    return new Unsigned(
        issuer,
        subject,
        key,
        lifetime,
        List.of(
            extension(
                "2.5.29.19",
                true,
                sequence(Bytes.of(new byte[] {1, 1, (byte) 0xFF}), integer(below))),
            extension("2.5.29.15", true, Bytes.of(new byte[] {3, 2, 1, 6})),
            subjectKey(key),
            authorityKey(issuerKey)));
  }

  /// A certificate's timestamp of a log.
  static Bytes certificateTimestamp(
      KeyPair log, PublicKey issuer, Bytes unsigned, Instant time, UnaryOperator<Bytes> change) {
    int length = unsigned.length();
    Bytes message =
        Bytes.joined(
            Bytes.of(
                ByteBuffer.allocate(12)
                    .putShort((short) 0)
                    .putLong(time.toEpochMilli())
                    .putShort((short) 1)
                    .array()),
            Bytes.of(issuer.getEncoded()).sha256(),
            Bytes.of(new byte[] {(byte) (length >> 16), (byte) (length >> 8), (byte) length}),
            unsigned,
            Bytes.of(new byte[2]));
    Bytes signature = sign(log.getPrivate(), message);
    Bytes timestamp =
        Bytes.joined(
            Bytes.of(new byte[] {0}),
            Bytes.of(log.getPublic().getEncoded()).sha256(),
            Bytes.of(
                ByteBuffer.allocate(10).putLong(time.toEpochMilli()).putShort((short) 0).array()),
            Bytes.of(new byte[] {4, 3}),
            sized(signature));
    return extension(
        "1.3.6.1.4.1.11129.2.4.2", false, octets(sized(sized(change.apply(timestamp)))));
  }

  private static Bytes sized(Bytes content) {
    int length = content.length();
    return Bytes.joined(Bytes.of(new byte[] {(byte) (length >> 8), (byte) length}), content);
  }
}
