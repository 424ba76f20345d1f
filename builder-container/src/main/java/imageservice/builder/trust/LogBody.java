package imageservice.builder.trust;

import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import java.util.List;

/// What a log's entry is about: that somebody with this certificate made this signature.
///
/// @param kind with its version, such as `dsse 0.0.1`
/// @param signed SHA-256 of what is signed; of a `dsse` entry, of the envelope's payload
record LogBody(String kind, Bytes signed, Bytes signature, Certificate certificate) {
  /// An envelope in version 1 of Rekor.
  static final String ENVELOPE = "dsse 0.0.1";

  /// Any bytes in version 1 of Rekor.
  static final String PLAIN = "hashedrekord 0.0.1";

  /// Any bytes in version 2 of Rekor, an envelope's encoding among them.
  static final String UNTIMED = "hashedrekord 0.0.2";

  static LogBody read(Bytes json) throws MalformedJsonException, UntrustedException {
    JsonFields entry = JsonFields.foreign(json.array());
    String kind = entry.line("kind") + " " + entry.line("apiVersion");
    JsonFields spec = entry.object("spec");
    return switch (kind) {
      case ENVELOPE -> envelope(spec);
      case PLAIN -> plain(spec);
      case UNTIMED -> untimed(spec.object("hashedRekordV002"));
      default -> throw new UntrustedException("a log entry of an unknown kind");
    };
  }

  private static LogBody envelope(JsonFields spec)
      throws MalformedJsonException, UntrustedException {
    List<JsonFields> signatures = spec.objects("signatures");
    if (signatures.size() != 1) {
      throw new UntrustedException("a log entry of several signatures");
    }
    JsonFields signature = signatures.getFirst();
    return new LogBody(
        ENVELOPE,
        hash(spec.object("payloadHash")),
        Bytes.ofBase64(signature.line("signature"), "the log entry's signature"),
        pem(signature.line("verifier")));
  }

  private static LogBody plain(JsonFields spec) throws MalformedJsonException, UntrustedException {
    JsonFields signature = spec.object("signature");
    return new LogBody(
        PLAIN,
        hash(spec.object("data").object("hash")),
        Bytes.ofBase64(signature.line("content"), "the log entry's signature"),
        pem(signature.object("publicKey").line("content")));
  }

  private static LogBody untimed(JsonFields spec)
      throws MalformedJsonException, UntrustedException {
    JsonFields data = spec.object("data");
    if (!data.line("algorithm").equals("SHA2_256")) {
      throw new UntrustedException("a log entry of an unknown hash");
    }
    JsonFields signature = spec.object("signature");
    String certificate = signature.object("verifier").object("x509Certificate").line("rawBytes");
    return new LogBody(
        UNTIMED,
        Bytes.ofBase64(data.line("digest"), "the log entry's hash"),
        Bytes.ofBase64(signature.line("content"), "the log entry's signature"),
        Certificate.of(Bytes.ofBase64(certificate, "the log entry's certificate")));
  }

  private static Bytes hash(JsonFields hash) throws MalformedJsonException, UntrustedException {
    if (!hash.line("algorithm").equals("sha256")) {
      throw new UntrustedException("a log entry of an unknown hash");
    }
    return Bytes.ofHex(hash.line("value"), "the log entry's hash");
  }

  private static Certificate pem(String base64) throws UntrustedException {
    return Certificate.ofPem(
        Bytes.ofBase64(base64, "the log entry's certificate").utf8("the log entry's certificate"));
  }

  /// That the entry is about this signature of this by this certificate.
  void require(Bytes hash, Bytes bytes, Certificate leaf) throws UntrustedException {
    if (!signed.equals(hash)) {
      throw new UntrustedException("the log entry is about something else");
    }
    if (!signature.equals(bytes)) {
      throw new UntrustedException("the log entry is about another signature");
    }
    if (!certificate.der().equals(leaf.der())) {
      throw new UntrustedException("the log entry is about another certificate");
    }
  }
}
