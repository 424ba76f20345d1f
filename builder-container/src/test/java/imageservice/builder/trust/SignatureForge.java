package imageservice.builder.trust;

import static imageservice.builder.trust.SigstoreWorld.json;
import static imageservice.builder.trust.SigstoreWorld.map;

import imageservice.builder.trust.SigstoreWorld.Leaf;
import imageservice.release.Digest;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Makes signatures of an image, good ones and, by its wishes, bad ones.
final class SignatureForge {
  static final String SIGNATURE = "https://sigstore.dev/cosign/sign/v1";
  private static final String TYPE = "application/vnd.in-toto+json";

  private final SigstoreWorld world;
  private final Digest image;
  Leaf leaf;
  TestLog log;
  Instant time = SigstoreWorld.NOW.plusSeconds(5);
  String predicate = SIGNATURE;

  /// The last one that was made.
  Bytes signature = Bytes.of(new byte[0]);

  /// What the log's entry is about.
  Leaf logged;

  UnaryOperator<String> body = text -> text;
  Consumer<Map<String, Object>> entry = json -> {};
  Consumer<Map<String, Object>> bundle = json -> {};
  Consumer<Map<String, String>> annotations = values -> {};
  UnaryOperator<String> payload = text -> text;
  UnaryOperator<Bytes> stamp = answer -> answer;

  SignatureForge(SigstoreWorld world, Digest image) {
    this.world = world;
    this.image = image;
    this.leaf = world.leaf();
    this.log = world.log;
    this.logged = leaf;
  }

  SignatureForge leaf(Consumer<Leaf> wish) {
    leaf = world.leaf(wish);
    logged = leaf;
    return this;
  }

  SignatureForge with(Consumer<SignatureForge> wish) {
    wish.accept(this);
    return this;
  }

  private Bytes statement() {
    return Bytes.ofUtf8(
        payload.apply(
            "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"digest\":{\"sha256\":\"%s\"},\"annotations\":{}}],\"predicateType\":\"%s\",\"predicate\":{}}"
                .formatted(image.hex(), predicate)));
  }

  private static Bytes encoded(Bytes payload) {
    return Bytes.joined(
        Bytes.ofUtf8("DSSEv1 %d %s %d ".formatted(TYPE.length(), TYPE, payload.length())), payload);
  }

  private Map<String, Object> envelope(Bytes payload, Bytes signature) {
    return map(
        "payload",
        payload.base64(),
        "payloadType",
        TYPE,
        "signatures",
        new ArrayList<>(List.of(map("sig", signature.base64()))));
  }

  private Material.Bundle material(Map<String, Object> verification, Map<String, Object> envelope) {
    Map<String, Object> json =
        map(
            "mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json",
            "verificationMaterial", verification,
            "dsseEnvelope", envelope);
    bundle.accept(json);
    return new Material.Bundle(Bytes.ofUtf8(json(json)));
  }

  Material.Bundle bundleByKey(PrivateKey key) {
    Bytes payload = statement();
    Bytes signature = TestCertificates.sign(key, encoded(payload));
    return material(map("publicKey", map("hint", "")), envelope(payload, signature));
  }

  /// A bundle with an entry of Rekor 1.
  Material.Bundle bundle() {
    Bytes payload = statement();
    Bytes signature = TestCertificates.sign(leaf.key.getPrivate(), encoded(payload));
    Bytes text =
        Bytes.ofUtf8(
            body.apply(
                json(
                    map(
                        "apiVersion", "0.0.1",
                        "kind", "dsse",
                        "spec",
                            map(
                                "envelopeHash", hash(Bytes.ofUtf8("")),
                                "payloadHash", hash(payload),
                                "signatures",
                                    List.of(
                                        map(
                                            "signature", signature.base64(),
                                            "verifier", Bytes.ofUtf8(logged.pem()).base64())))))));
    Map<String, Object> json = log.entry(text, time.getEpochSecond(), "dsse");
    entry.accept(json);
    return material(verification(json), envelope(payload, signature));
  }

  /// A bundle with an entry of Rekor 2.
  Material.Bundle stampedBundle() {
    Bytes payload = statement();
    signature = TestCertificates.sign(leaf.key.getPrivate(), encoded(payload));
    Bytes text =
        Bytes.ofUtf8(
            body.apply(
                json(
                    map(
                        "apiVersion", "0.0.2",
                        "kind", "hashedrekord",
                        "spec",
                            map(
                                "hashedRekordV002",
                                map(
                                    "data",
                                        map(
                                            "algorithm",
                                            "SHA2_256",
                                            "digest",
                                            encoded(payload).sha256().base64()),
                                    "signature",
                                        map(
                                            "content", signature.base64(),
                                            "verifier",
                                                map(
                                                    "keyDetails",
                                                    "PKIX_ECDSA_P256_SHA_256",
                                                    "x509Certificate",
                                                    map("rawBytes", logged.der.base64())))))))));
    Map<String, Object> json = world.newLog.untimedEntry(text);
    entry.accept(json);
    Map<String, Object> verification = verification(json);
    verification.put(
        "timestampVerificationData",
        map(
            "rfc3161Timestamps",
            new ArrayList<>(
                List.of(
                    map(
                        "signedTimestamp",
                        stamp.apply(world.timestamps.answer(signature, time)).base64())))));
    return material(verification, envelope(payload, signature));
  }

  private Map<String, Object> verification(Map<String, Object> entry) {
    return map(
        "certificate",
        map("rawBytes", leaf.der.base64()),
        "tlogEntries",
        new ArrayList<>(List.of(entry)));
  }

  private static Map<String, Object> hash(Bytes of) {
    return map("algorithm", "sha256", "value", of.sha256().hex());
  }

  private Bytes simplePayload() {
    return Bytes.ofUtf8(
        payload.apply(
            "{\"critical\":{\"identity\":{\"docker-reference\":\"registry.example/image\"},\"image\":{\"docker-manifest-digest\":\"%s\"},\"type\":\"cosign container image signature\"},\"optional\":null}"
                .formatted(image)));
  }

  Material.SimpleSigning simpleByKey(PrivateKey key) {
    Bytes payload = simplePayload();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("dev.cosignproject.cosign/signature", TestCertificates.sign(key, payload).base64());
    annotations.accept(values);
    return new Material.SimpleSigning(payload, values);
  }

  /// The older form with an entry of Rekor 1.
  Material.SimpleSigning simple() {
    Bytes payload = simplePayload();
    Bytes signature = TestCertificates.sign(leaf.key.getPrivate(), payload);
    Bytes text =
        Bytes.ofUtf8(
            body.apply(
                json(
                    map(
                        "apiVersion", "0.0.1",
                        "kind", "hashedrekord",
                        "spec",
                            map(
                                "data", map("hash", hash(payload)),
                                "signature",
                                    map(
                                        "content", signature.base64(),
                                        "publicKey",
                                            map(
                                                "content",
                                                Bytes.ofUtf8(logged.pem()).base64())))))));
    Map<String, Object> json = log.annotation(text, time.getEpochSecond());
    entry.accept(json);
    Map<String, String> values = new LinkedHashMap<>();
    values.put("dev.cosignproject.cosign/signature", signature.base64());
    values.put("dev.sigstore.cosign/certificate", leaf.pem());
    values.put(
        "dev.sigstore.cosign/chain",
        SigstoreWorld.pem("CERTIFICATE", world.issuingCertificate)
            + SigstoreWorld.pem("CERTIFICATE", world.rootCertificate));
    values.put("dev.sigstore.cosign/bundle", json(json));
    annotations.accept(values);
    return new Material.SimpleSigning(payload, values);
  }
}
