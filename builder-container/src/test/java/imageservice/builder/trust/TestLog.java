package imageservice.builder.trust;

import static imageservice.builder.trust.SigstoreWorld.map;

import java.security.KeyPair;
import java.util.List;
import java.util.Map;

/// A log of signatures. Its tree has two entries, the second of which is asked for.
record TestLog(String host, KeyPair key) {
  private static final Bytes NEIGHBOUR = Bytes.ofUtf8("another entry").sha256();
  private static final long INDEX = 1_234_567_890_123L;

  /// Of Rekor 1 the hash of the key; of Rekor 2 that of signed notes.
  Bytes id() {
    Bytes encoded = Bytes.of(key.getPublic().getEncoded());
    if (key.getPublic().getAlgorithm().equals("EC")) {
      return encoded.sha256();
    }
    Bytes raw = encoded.slice(encoded.length() - 32, encoded.length());
    return Bytes.joined(Bytes.ofUtf8(host + "\n\u0001"), raw).sha256();
  }

  /// An entry of Rekor 1 as bundles have it.
  Map<String, Object> entry(Bytes body, long seconds, String kind) {
    return map(
        "logIndex", Long.toString(INDEX),
        "logId", map("keyId", id().base64()),
        "kindVersion", map("kind", kind, "version", "0.0.1"),
        "integratedTime", Long.toString(seconds),
        "inclusionPromise", map("signedEntryTimestamp", promise(body, seconds).base64()),
        "inclusionProof", proof(body),
        "canonicalizedBody", body.base64());
  }

  /// One of Rekor 2.
  Map<String, Object> untimedEntry(Bytes body) {
    return map(
        "logIndex", "1",
        "logId", map("keyId", id().base64()),
        "kindVersion", map("kind", "hashedrekord", "version", "0.0.2"),
        "inclusionProof", proof(body),
        "canonicalizedBody", body.base64());
  }

  /// The annotation of the older form.
  Map<String, Object> annotation(Bytes body, long seconds) {
    return map(
        "SignedEntryTimestamp", promise(body, seconds).base64(),
        "Payload",
            map(
                "body",
                body.base64(),
                "integratedTime",
                seconds,
                "logIndex",
                INDEX,
                "logID",
                id().hex()));
  }

  private Bytes promise(Bytes body, long seconds) {
    String text =
        "{\"body\":\"%s\",\"integratedTime\":%d,\"logID\":\"%s\",\"logIndex\":%d}"
            .formatted(body.base64(), seconds, id().hex(), INDEX);
    return TestCertificates.sign(key.getPrivate(), Bytes.ofUtf8(text));
  }

  Map<String, Object> proof(Bytes body) {
    Bytes leaf = Bytes.joined(Bytes.of(new byte[] {0}), body).sha256();
    Bytes root = Bytes.joined(Bytes.of(new byte[] {1}), NEIGHBOUR, leaf).sha256();
    return map(
        "logIndex", "1",
        "rootHash", root.base64(),
        "treeSize", "2",
        "hashes", List.of(NEIGHBOUR.base64()),
        "checkpoint", map("envelope", checkpoint(host, 2, root)));
  }

  String checkpoint(String signer, long size, Bytes root) {
    boolean first = key.getPublic().getAlgorithm().equals("EC");
    String text = "%s\n%d\n%s\n".formatted(first ? host + " - 42" : host, size, root.base64());
    Bytes signature = TestCertificates.sign(key.getPrivate(), Bytes.ofUtf8(text));
    return "%s\n— %s %s\n"
        .formatted(text, signer, Bytes.joined(id().slice(0, 4), signature).base64());
  }
}
