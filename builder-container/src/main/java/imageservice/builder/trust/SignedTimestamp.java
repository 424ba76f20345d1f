package imageservice.builder.trust;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The time at which an authority of the trusted root saw something: an answer of RFC 3161 around
/// signed data of RFC 5652, section 5.
final class SignedTimestamp {
  private static final int MOST_BYTES = 64 << 10;
  private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

  private static final Bytes SIGNED_DATA = oid(0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2);
  private static final Bytes TIMESTAMP = oid(0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 16, 1, 4);
  private static final Bytes CONTENT_TYPE = oid(0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 3);
  private static final Bytes MESSAGE_DIGEST = oid(0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 4);

  private static final Map<Bytes, String> HASHES =
      Map.of(
          oid(0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1), "SHA256",
          oid(0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2), "SHA384",
          oid(0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3), "SHA512");

  private static final Pattern TIME = Pattern.compile("([0-9]{14})(?:\\.[0-9]{1,9})?Z");
  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  private SignedTimestamp() {}

  private static Bytes oid(int... content) {
    byte[] bytes = new byte[content.length];
    for (int i = 0; i < content.length; i++) {
      bytes[i] = (byte) content[i];
    }
    return Bytes.of(bytes);
  }

  /// When the authority saw these bytes.
  static Instant time(Bytes answer, Bytes seen, TrustedRoot root) throws UntrustedException {
    if (answer.length() > MOST_BYTES) {
      throw new UntrustedException("a timestamp of %d bytes".formatted(answer.length()));
    }
    Der data = signedData(Der.only(answer).require(Der.SEQUENCE));
    Der content = data.at(2, Der.SEQUENCE);
    requireEqual(content.at(0, Der.OID).content(), TIMESTAMP, "its content");
    Bytes info = content.at(1, Der.context(0)).at(0, Der.OCTET_STRING).content();
    Instant time = time(Der.only(info).require(Der.SEQUENCE), seen);
    requireSigned(data.values().getLast().require(Der.SET), info, time, root);
    return time;
  }

  /// RFC 3161, section 2.4.2: of status granted, with changes or without.
  private static Der signedData(Der answer) throws UntrustedException {
    Bytes status = answer.at(0, Der.SEQUENCE).at(0, Der.INTEGER).content();
    if (!status.hex().matches("0[01]")) {
      throw new UntrustedException("the timestamp was not granted");
    }
    Der token = answer.at(1, Der.SEQUENCE);
    requireEqual(token.at(0, Der.OID).content(), SIGNED_DATA, "its kind");
    return token.at(1, Der.context(0)).at(0, Der.SEQUENCE);
  }

  /// The time that the authority says it saw these bytes.
  private static Instant time(Der info, Bytes seen) throws UntrustedException {
    Der imprint = info.at(2, Der.SEQUENCE);
    String hash = hash(imprint.at(0, Der.SEQUENCE));
    requireEqual(imprint.at(1, Der.OCTET_STRING).content(), digest(hash, seen), "what it is of");
    String text = info.at(4, Der.GENERALIZED_TIME).content().utf8("a timestamp's time");
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new UntrustedException("the timestamp's time is none");
    }
    try {
      return LocalDateTime.parse(time.group(1), FORM).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new UntrustedException("the timestamp's time is none");
    }
  }

  private static void requireSigned(Der signers, Bytes info, Instant time, TrustedRoot root)
      throws UntrustedException {
    if (signers.values().size() != 1) {
      throw new UntrustedException("the timestamp has not one signer");
    }
    Der signer = signers.at(0, Der.SEQUENCE);
    String hash = hash(signer.at(2, Der.SEQUENCE));
    Der attributes = signer.at(3, Der.context(0));
    requireEqual(attribute(attributes, CONTENT_TYPE, Der.OID), TIMESTAMP, "its content");
    requireEqual(
        attribute(attributes, MESSAGE_DIGEST, Der.OCTET_STRING), digest(hash, info), "its content");
    Bytes signed = Der.encode(Der.SET, attributes.content());
    requireAuthority(root, time, hash, signed, signer.at(5, Der.OCTET_STRING).content());
  }

  private static void requireAuthority(
      TrustedRoot root, Instant time, String hash, Bytes signed, Bytes signature)
      throws UntrustedException {
    for (Authority authority : root.timestampAuthorities(time)) {
      Certificate stamping = authority.chain().getFirst();
      if (ChainCheck.uses(stamping.x509()).equals(List.of(TIME_STAMPING))
          && ChainCheck.leads(stamping, rest(authority), time)
          && isBy(stamping, hash, signed, signature)) {
        return;
      }
    }
    throw new UntrustedException("the timestamp is no authority's of the trusted root");
  }

  private static boolean isBy(Certificate stamping, String hash, Bytes signed, Bytes signature) {
    try {
      Keys.require(stamping.key(), hash, signed, signature, "a timestamp");
      return true;
    } catch (UntrustedException e) {
      return false;
    }
  }

  /// The chain above the first certificate, which vouches for itself where there is none.
  private static List<Certificate> rest(Authority authority) {
    List<Certificate> chain = authority.chain();
    return chain.size() == 1 ? chain : chain.subList(1, chain.size());
  }

  /// The only value of an attribute that is there once.
  private static Bytes attribute(Der attributes, Bytes oid, int tag) throws UntrustedException {
    Bytes found = null;
    for (Der attribute : attributes.values()) {
      if (attribute.require(Der.SEQUENCE).at(0, Der.OID).content().equals(oid)) {
        Der values = attribute.at(1, Der.SET);
        if (found != null || values.values().size() != 1) {
          throw new UntrustedException("the timestamp says something twice");
        }
        found = values.at(0, tag).content();
      }
    }
    if (found == null) {
      throw new UntrustedException("the timestamp does not sign its content");
    }
    return found;
  }

  private static String hash(Der algorithm) throws UntrustedException {
    String hash = HASHES.get(algorithm.at(0, Der.OID).content());
    if (hash == null) {
      throw new UntrustedException("a timestamp of an unknown hash");
    }
    return hash;
  }

  private static Bytes digest(String hash, Bytes content) {
    try {
      return Bytes.of(
          MessageDigest.getInstance(hash.replace("SHA", "SHA-")).digest(content.array()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + hash, e);
    }
  }

  private static void requireEqual(Bytes actual, Bytes expected, String what)
      throws UntrustedException {
    if (!actual.equals(expected)) {
      throw new UntrustedException("the timestamp is of something else: " + what);
    }
  }
}
