package imageservice.builder.trust;

import static imageservice.builder.trust.TestCertificates.der;
import static imageservice.builder.trust.TestCertificates.extension;

import com.fasterxml.jackson.jr.ob.JSON;
import imageservice.builder.trust.TestCertificates.Unsigned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A sigstore of our own: an authority for certificates, its log, two logs of signatures and an
/// authority for timestamps.
public final class SigstoreWorld {
  static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
  static final Period DECADE =
      new Period(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2030-01-01T00:00:00Z"));
  static final String ISSUER = "https://issuer.example";
  static final String SUBJECT = "releases@example.org";

  final KeyPair rootKey = TestCertificates.pair("EC");
  final KeyPair issuing = TestCertificates.pair("EC");
  final KeyPair certificateLog = TestCertificates.pair("EC");
  final KeyPair strangeLog = TestCertificates.pair("EC");
  final TestLog log = new TestLog("rekor.example", TestCertificates.pair("EC"));
  final TestLog otherLog = new TestLog("rekor.example", TestCertificates.pair("EC"));
  final TestLog newLog = new TestLog("log2.rekor.example", TestCertificates.pair("Ed25519"));
  final TestTimestamps timestamps = new TestTimestamps();
  final KeyPair ownKey = TestCertificates.pair("EC");

  final Bytes rootCertificate =
      TestCertificates.authority(
              "root", "root", rootKey.getPublic(), rootKey.getPublic(), 1, DECADE)
          .signedBy(rootKey.getPrivate());
  final Bytes issuingCertificate =
      TestCertificates.authority(
              "root", "issuing", rootKey.getPublic(), issuing.getPublic(), 0, DECADE)
          .with(TestCertificates.usage(TestCertificates.CODE_SIGNING, false))
          .signedBy(rootKey.getPrivate());

  /// What a certificate says that is issued for one signature.
  static final class Leaf {
    final KeyPair key = TestCertificates.pair("EC");
    Period lifetime = new Period(NOW, NOW.plus(Duration.ofMinutes(10)));
    String purpose = TestCertificates.CODE_SIGNING;
    String issuer = ISSUER;
    String oldIssuer = ISSUER;
    int subjectType = 1;
    String subject = SUBJECT;
    @Nullable KeyPair log;
    Instant logTime = NOW;
    UnaryOperator<Bytes> timestamp = whole -> whole;
    String secondSubject = "";
    boolean authority;
    KeyPair signer;
    Bytes der = Bytes.of(new byte[0]);

    Leaf(KeyPair log, KeyPair signer) {
      this.log = log;
      this.signer = signer;
    }

    String pem() {
      return SigstoreWorld.pem("CERTIFICATE", der);
    }
  }

  Leaf leaf() {
    return leaf(plain -> {});
  }

  Leaf leaf(Consumer<Leaf> wish) {
    Leaf leaf = new Leaf(certificateLog, issuing);
    wish.accept(leaf);
    Unsigned unsigned =
        new Unsigned("issuing", "", leaf.key.getPublic(), leaf.lifetime, extensions(leaf));
    KeyPair log = leaf.log;
    Unsigned stamped =
        log == null
            ? unsigned
            : unsigned.with(
                TestCertificates.certificateTimestamp(
                    log, issuing.getPublic(), unsigned.bytes(), leaf.logTime, leaf.timestamp));
    leaf.der = stamped.signedBy(leaf.signer.getPrivate());
    return leaf;
  }

  private List<Bytes> extensions(Leaf leaf) {
    List<Bytes> extensions = new ArrayList<>();
    extensions.add(extension("2.5.29.15", true, Bytes.of(new byte[] {3, 2, 7, (byte) 0x80})));
    if (leaf.authority) {
      extensions.add(
          extension(
              "2.5.29.19",
              true,
              TestCertificates.sequence(Bytes.of(new byte[] {1, 1, (byte) 0xFF}))));
    }
    if (!leaf.purpose.isEmpty()) {
      extensions.add(TestCertificates.usage(leaf.purpose, false));
    }
    extensions.add(TestCertificates.subjectKey(leaf.key.getPublic()));
    extensions.add(TestCertificates.authorityKey(issuing.getPublic()));
    extensions.add(
        extension(
            "2.5.29.17",
            true,
            TestCertificates.sequence(
                der(0x80 | leaf.subjectType, Bytes.ofUtf8(leaf.subject)),
                leaf.secondSubject.isEmpty()
                    ? Bytes.of(new byte[0])
                    : der(0x81, Bytes.ofUtf8(leaf.secondSubject)))));
    if (!leaf.oldIssuer.isEmpty()) {
      extensions.add(extension("1.3.6.1.4.1.57264.1.1", false, Bytes.ofUtf8(leaf.oldIssuer)));
    }
    if (!leaf.issuer.isEmpty()) {
      extensions.add(
          extension(
              "1.3.6.1.4.1.57264.1.8", false, der(Der.UTF8_STRING, Bytes.ofUtf8(leaf.issuer))));
    }
    return extensions;
  }

  /// The trusted root, with another period for one of its parts where there is a wish.
  public byte[] trustedRoot() {
    return trustedRoot(plain -> {});
  }

  byte[] trustedRoot(Consumer<Map<String, Object>> wish) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("mediaType", "application/vnd.dev.sigstore.trustedroot+json;version=0.1");
    root.put(
        "tlogs",
        list(
            logJson(log.host(), log.key().getPublic(), log.id()),
            logJson(newLog.host(), newLog.key().getPublic(), newLog.id())));
    root.put("certificateAuthorities", list(authorityJson(issuingCertificate, rootCertificate)));
    PublicKey ct = certificateLog.getPublic();
    root.put("ctlogs", list(logJson("ct.example", ct, Bytes.of(ct.getEncoded()).sha256())));
    root.put(
        "timestampAuthorities",
        list(authorityJson(timestamps.certificate, timestamps.rootCertificate)));
    wish.accept(root);
    return json(root).getBytes(StandardCharsets.UTF_8);
  }

  private static List<Object> list(Object... elements) {
    return new ArrayList<>(List.of(elements));
  }

  private static Map<String, Object> logJson(String host, PublicKey key, Bytes id) {
    String details = key.getAlgorithm().equals("EC") ? "PKIX_ECDSA_P256_SHA_256" : "PKIX_ED25519";
    return map(
        "baseUrl",
        "https://" + host,
        "hashAlgorithm",
        "SHA2_256",
        "publicKey",
        map(
            "rawBytes", Bytes.of(key.getEncoded()).base64(),
            "keyDetails", details,
            "validFor", map("start", DECADE.start().toString())),
        "logId",
        map("keyId", id.base64()));
  }

  private static Map<String, Object> authorityJson(Bytes... chain) {
    List<Object> certificates = new ArrayList<>();
    for (Bytes certificate : chain) {
      certificates.add(map("rawBytes", certificate.base64()));
    }
    return map(
        "subject", map("organization", "example", "commonName", "example"),
        "uri", "https://authority.example",
        "certChain", map("certificates", certificates),
        "validFor", map("start", DECADE.start().toString()));
  }

  static Map<String, Object> map(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  static String json(Object value) {
    try {
      return JSON.std.asString(value);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(String label, Bytes content) {
    String body = content.base64().replaceAll("(.{64})(?=.)", "$1\n");
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, body);
  }

  /// The public half of the key that signs without certificates.
  public String ownKeyPem() {
    return pem("PUBLIC KEY", Bytes.of(ownKey.getPublic().getEncoded()));
  }
}
