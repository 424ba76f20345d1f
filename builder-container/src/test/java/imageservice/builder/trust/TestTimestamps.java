package imageservice.builder.trust;

import static imageservice.builder.trust.TestCertificates.der;
import static imageservice.builder.trust.TestCertificates.integer;
import static imageservice.builder.trust.TestCertificates.octets;
import static imageservice.builder.trust.TestCertificates.oid;
import static imageservice.builder.trust.TestCertificates.sequence;

import java.security.KeyPair;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/// An authority for timestamps of RFC 3161.
final class TestTimestamps {
  private static final String SHA256 = "2.16.840.1.101.3.4.2.1";
  private static final String TIMESTAMP = "1.2.840.113549.1.9.16.1.4";
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  final KeyPair rootKey = TestCertificates.pair("EC");
  final KeyPair key = TestCertificates.pair("EC");
  final Bytes rootCertificate =
      TestCertificates.authority(
              "stamps", "stamps", rootKey.getPublic(), rootKey.getPublic(), 0, SigstoreWorld.DECADE)
          .signedBy(rootKey.getPrivate());
  final Bytes certificate = certificate(TestCertificates.TIME_STAMPING);

  Bytes certificate(String purpose) {
    return new TestCertificates.Unsigned(
            "stamps",
            "stamp",
            key.getPublic(),
            SigstoreWorld.DECADE,
            List.of(
                TestCertificates.extension(
                    "2.5.29.15", true, Bytes.of(new byte[] {3, 2, 7, (byte) 0x80})),
                TestCertificates.usage(purpose, true),
                TestCertificates.subjectKey(key.getPublic()),
                TestCertificates.authorityKey(rootKey.getPublic())))
        .signedBy(rootKey.getPrivate());
  }

  /// The authority's answer.
  Bytes answer(Bytes seen, Instant time) {
    return answer(info(seen, time), 0);
  }

  Bytes info(Bytes seen, Instant time) {
    return sequence(
        integer(1),
        oid("1.3.6.1.4.1.57264.2"),
        sequence(algorithm(SHA256), octets(seen.sha256())),
        integer(4711),
        der(Der.GENERALIZED_TIME, Bytes.ofUtf8(FORM.format(time))));
  }

  Bytes answer(Bytes info, int status) {
    return answer(info, info, status, key);
  }

  /// @param signed whose hash is signed in place of the content's
  Bytes answer(Bytes info, Bytes signed, int status, KeyPair signer) {
    Answer answer = new Answer(info);
    answer.signed = signed;
    answer.status = status;
    answer.signer = signer;
    return answer.bytes();
  }

  /// An answer, part by part.
  final class Answer {
    private final Bytes info;
    Bytes signed;
    int status;
    KeyPair signer = key;
    String message = "1.2.840.113549.1.7.2";
    String content = TIMESTAMP;
    String signedContent = TIMESTAMP;
    String hash = SHA256;
    int signers = 1;
    int contents = 1;

    Answer(Bytes info) {
      this.info = info;
      this.signed = info;
    }

    Bytes bytes() {
      Bytes attributes = attribute("1.2.840.113549.1.9.4", octets(signed.sha256()));
      for (int i = 0; i < contents; i++) {
        attributes =
            Bytes.joined(attribute("1.2.840.113549.1.9.3", oid(signedContent)), attributes);
      }
      Bytes signature = TestCertificates.sign(signer.getPrivate(), der(Der.SET, attributes));
      Bytes signerInfo =
          sequence(
              integer(1),
              sequence(TestCertificates.name("stamps"), serial()),
              algorithm(hash),
              der(Der.context(0), attributes),
              sequence(oid("1.2.840.10045.4.3.2")),
              octets(signature));
      Bytes signerInfos = signers == 1 ? signerInfo : Bytes.joined(signerInfo, signerInfo);
      Bytes data =
          sequence(
              integer(3),
              der(Der.SET, algorithm(SHA256)),
              sequence(oid(content), der(Der.context(0), octets(info))),
              der(Der.context(0), certificate),
              der(Der.SET, signerInfos));
      return sequence(sequence(integer(status)), sequence(oid(message), der(Der.context(0), data)));
    }
  }

  private Bytes serial() {
    try {
      return Der.only(certificate).values().getFirst().values().get(1).whole();
    } catch (UntrustedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Bytes algorithm(String hash) {
    return sequence(oid(hash), Bytes.of(new byte[] {5, 0}));
  }

  private static Bytes attribute(String oid, Bytes value) {
    return sequence(oid(oid), der(Der.SET, value));
  }
}
