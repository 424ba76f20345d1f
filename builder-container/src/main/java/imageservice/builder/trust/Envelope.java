package imageservice.builder.trust;

import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import java.security.PublicKey;
import java.util.List;

/// A signed statement: DSSE 1.0.2, with one signature.
record Envelope(String payloadType, Bytes payload, Bytes signature) {
  private static final String STATEMENT = "application/vnd.in-toto+json";

  static Envelope read(JsonFields envelope) throws MalformedJsonException, UntrustedException {
    List<JsonFields> signatures = envelope.objects("signatures");
    if (signatures.size() != 1) {
      throw new UntrustedException("%d signatures in an envelope".formatted(signatures.size()));
    }
    String type = envelope.line("payloadType");
    if (!type.equals(STATEMENT)) {
      throw new UntrustedException("the envelope holds no statement");
    }
    return new Envelope(
        type,
        Bytes.ofBase64(envelope.line("payload"), "payload"),
        Bytes.ofBase64(signatures.getFirst().line("sig"), "sig"));
  }

  void require(PublicKey key) throws UntrustedException {
    Keys.require(key, signed(), signature, "the statement");
  }

  /// What is signed: DSSE's pre-authentication encoding.
  Bytes signed() {
    String head =
        "DSSEv1 %d %s %d "
            .formatted(Bytes.ofUtf8(payloadType).length(), payloadType, payload.length());
    return Bytes.joined(Bytes.ofUtf8(head), payload);
  }
}
