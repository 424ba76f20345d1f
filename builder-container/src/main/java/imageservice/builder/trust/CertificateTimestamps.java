package imageservice.builder.trust;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Whether a log of the trusted root saw a certificate before it was issued: the signed certificate
/// timestamps within it (RFC 6962, section 3).
final class CertificateTimestamps {
  private static final String OID = "1.3.6.1.4.1.11129.2.4.2";

  /// The same as DER has it, after tag and length.
  private static final Bytes OID_DER =
      Bytes.of(new byte[] {0x2B, 6, 1, 4, 1, (byte) 0xD6, 0x79, 2, 4, 2});

  private static final int MOST = 16;
  private static final int SHA256 = 4;
  private static final int RSA = 1;
  private static final int ECDSA = 3;
  private static final int ID_LENGTH = 32;

  /// @param millis since 1970
  private record Timestamp(Bytes logId, long millis, Bytes extensions, Bytes signature) {}

  private CertificateTimestamps() {}

  /// That one of the certificate's timestamps is a known log's.
  ///
  /// @param issuer of the certificate
  static void require(Certificate leaf, Certificate issuer, TrustedRoot root)
      throws UntrustedException {
    Bytes certificate = unstamped(leaf);
    for (Timestamp timestamp : timestamps(leaf)) {
      Bytes signed = signed(timestamp, issuer, certificate);
      Instant time = Instant.ofEpochMilli(timestamp.millis());
      for (TransparencyLog log : root.certificateLogs(timestamp.logId(), time)) {
        try {
          Keys.require(log.key(), signed, timestamp.signature(), "a certificate's timestamp");
          return;
        } catch (UntrustedException e) {
          // another one may be good
        }
      }
    }
    throw new UntrustedException(
        "no certificate log of the trusted root vouches for the certificate");
  }

  private static List<Timestamp> timestamps(Certificate leaf) throws UntrustedException {
    byte[] extension = leaf.x509().getExtensionValue(OID);
    if (extension == null) {
      throw new UntrustedException("the certificate has no timestamp of a certificate log");
    }
    Bytes inner = Der.only(Bytes.of(extension)).require(Der.OCTET_STRING).content();
    ByteBuffer list = Der.only(inner).require(Der.OCTET_STRING).content().buffer();
    try {
      return timestamps(list);
    } catch (BufferUnderflowException e) {
      throw new UntrustedException("a damaged timestamp in the certificate");
    }
  }

  private static List<Timestamp> timestamps(ByteBuffer list) throws UntrustedException {
    if (Short.toUnsignedInt(list.getShort()) != list.remaining()) {
      throw new UntrustedException("a damaged timestamp in the certificate");
    }
    List<Timestamp> timestamps = new ArrayList<>();
    while (list.hasRemaining() && timestamps.size() < MOST) {
      timestamps.add(timestamp(part(list).buffer()));
    }
    return timestamps;
  }

  /// RFC 6962, section 3.2; the algorithms of RFC 5246, section 7.4.1.4.1.
  private static Timestamp timestamp(ByteBuffer in) throws UntrustedException {
    int version = in.get();
    Bytes id = bytes(in, ID_LENGTH);
    long millis = in.getLong();
    Bytes extensions = part(in);
    int hash = in.get();
    int algorithm = in.get();
    Bytes signature = part(in);
    if (version != 0 || hash != SHA256 || (algorithm != ECDSA && algorithm != RSA)) {
      throw new UntrustedException("a timestamp of an unknown kind in the certificate");
    }
    if (in.hasRemaining()) {
      throw new UntrustedException("a damaged timestamp in the certificate");
    }
    return new Timestamp(id, millis, extensions, signature);
  }

  private static Bytes part(ByteBuffer in) {
    return bytes(in, Short.toUnsignedInt(in.getShort()));
  }

  private static Bytes bytes(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return Bytes.of(bytes);
  }

  /// What the log signed, of type `precert_entry`.
  private static Bytes signed(Timestamp timestamp, Certificate issuer, Bytes certificate) {
    byte[] head =
        ByteBuffer.allocate(12)
            .put((byte) 0)
            .put((byte) 0)
            .putLong(timestamp.millis())
            .putShort((short) 1)
            .array();
    int length = certificate.length();
    byte[] lengthBytes = {(byte) (length >>> 16), (byte) (length >>> 8), (byte) length};
    int more = timestamp.extensions().length();
    return Bytes.joined(
        Bytes.of(head),
        Bytes.of(issuer.key().getEncoded()).sha256(),
        Bytes.of(lengthBytes),
        certificate,
        Bytes.of(new byte[] {(byte) (more >>> 8), (byte) more}),
        timestamp.extensions());
  }

  /// The part of the certificate that its issuer signs, without the timestamps.
  private static Bytes unstamped(Certificate leaf) throws UntrustedException {
    List<Bytes> fields = new ArrayList<>();
    for (Der field : signedPart(leaf).values()) {
      fields.add(field.tag() == Der.context(3) ? unstamped(field) : field.whole());
    }
    return Der.encode(Der.SEQUENCE, joined(fields));
  }

  private static Der signedPart(Certificate leaf) throws UntrustedException {
    try {
      return Der.only(Bytes.of(leaf.x509().getTBSCertificate())).require(Der.SEQUENCE);
    } catch (GeneralSecurityException e) {
      throw new UntrustedException("a damaged certificate");
    }
  }

  private static Bytes unstamped(Der extensions) throws UntrustedException {
    List<Bytes> kept = new ArrayList<>();
    for (Der extension : extensions.at(0, Der.SEQUENCE).values()) {
      if (!extension.at(0, Der.OID).content().equals(OID_DER)) {
        kept.add(extension.whole());
      }
    }
    return Der.encode(extensions.tag(), Der.encode(Der.SEQUENCE, joined(kept)));
  }

  private static Bytes joined(List<Bytes> parts) {
    return Bytes.joined(parts.toArray(new Bytes[0]));
  }
}
