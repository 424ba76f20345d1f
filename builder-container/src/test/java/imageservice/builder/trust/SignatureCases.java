package imageservice.builder.trust;

import imageservice.release.Digest;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// Good signatures, and bad ones of each kind that there is a check for.
public final class SignatureCases {
  private static final Instant NOW = SigstoreWorld.NOW;
  private static final Digest OTHER = Digest.of(new byte[] {1});
  private static final String DEAD = "when the certificate was not valid";

  private final SigstoreWorld world;

  private SignatureCases(SigstoreWorld world) {
    this.world = world;
  }

  public static List<SignatureCase> of(SigstoreWorld world) {
    SignatureCases cases = new SignatureCases(world);
    return Stream.of(
            cases.certificates(),
            cases.certificateLogs(),
            cases.identities(),
            cases.statements(),
            cases.logs(),
            cases.bodies(),
            cases.proofs(),
            new StampedCases(world).all(),
            cases.older(),
            cases.keys())
        .flatMap(List::stream)
        .toList();
  }

  static SignatureCase of(
      String name, String refusal, boolean byKey, Function<Digest, Material> makes) {
    return new SignatureCase(
        name, refusal, "", byKey, root -> {}, image -> List.of(makes.apply(image)));
  }

  private SignatureForge forge(Digest image, Consumer<SignatureForge> wish) {
    return new SignatureForge(world, image).with(wish);
  }

  private SignatureCase bundle(String name, String refusal, Consumer<SignatureForge> wish) {
    return of("bundle: " + name, refusal, false, image -> forge(image, wish).bundle());
  }

  private SignatureCase simple(String name, String refusal, Consumer<SignatureForge> wish) {
    return of("older: " + name, refusal, false, image -> forge(image, wish).simple());
  }

  private List<SignatureCase> both(String name, String refusal, Consumer<SignatureForge> wish) {
    return List.of(bundle(name, refusal, wish), simple(name, refusal, wish));
  }

  private static List<SignatureCase> unlikeCosign(List<SignatureCase> cases, String why) {
    return cases.stream().map(found -> found.unlikeCosign(why)).toList();
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static List<SignatureCase> all(List<SignatureCase>... groups) {
    return Stream.of(groups).flatMap(List::stream).toList();
  }

  private List<SignatureCase> certificates() {
    KeyPair stranger = TestCertificates.pair("EC");
    String unissued = "no authority of the trusted root issued the certificate";
    return all(
        both("good", "", forge -> {}),
        both("another issuer's key", unissued, forge -> forge.leaf(l -> l.signer = stranger)),
        both("an authority that has ended", unissued, forge -> {}).stream()
            .map(found -> found.inRoot(ended("certificateAuthorities")))
            .toList(),
        both(
            "for servers",
            "not for code signing",
            forge -> forge.leaf(l -> l.purpose = TestCertificates.SERVER)),
        unlikeCosign(
            both("for nothing", "not for code signing", forge -> forge.leaf(l -> l.purpose = "")),
            "cosign takes a certificate without a purpose"),
        unlikeCosign(
            both(
                "an authority's",
                "is an authority's",
                forge -> forge.leaf(l -> l.authority = true)),
            "cosign lets authorities sign"),
        List.of(
            bundle(
                "without certificate",
                "the bundle has no certificate",
                forge -> forge.bundle = json -> verification(json).remove("certificate")),
            bundle(
                "with a chain",
                "the bundle has no certificate",
                forge ->
                    forge.bundle =
                        json -> {
                          Object leaf = verification(json).remove("certificate");
                          verification(json)
                              .put(
                                  "x509CertificateChain",
                                  SigstoreWorld.map("certificates", List.of(leaf)));
                        }),
            bundle(
                "of another version",
                "a bundle of another version",
                forge ->
                    forge.bundle =
                        json ->
                            json.put(
                                "mediaType", "application/vnd.dev.sigstore.bundle.v9.9+json"))));
  }

  private List<SignatureCase> certificateLogs() {
    String unseen = "no certificate log of the trusted root vouches";
    return all(
        both(
            "unlogged certificate",
            "no timestamp of a certificate log",
            forge -> forge.leaf(l -> l.log = null)),
        both(
            "a certificate log that nobody knows",
            unseen,
            forge -> forge.leaf(l -> l.log = world.strangeLog)),
        both("a certificate log that had ended", unseen, forge -> {}).stream()
            .map(found -> found.inRoot(ended("ctlogs")))
            .toList(),
        both(
                "a certificate log's other signature",
                unseen,
                forge -> forge.leaf(l -> l.log = world.strangeLog))
            .stream()
            .map(found ->
                new SignatureCase(
                    found.name() + ", under a known id",
                    found.refusal(),
                    "",
                    false,
                    root -> first(root, "ctlogs").put("logId", id(world.strangeLog)),
                    found.makes()))
            .toList());
  }

  private static Map<String, Object> id(KeyPair log) {
    return SigstoreWorld.map("keyId", Bytes.of(log.getPublic().getEncoded()).sha256().base64());
  }

  private List<SignatureCase> identities() {
    return all(
        both(
            "another issuer",
            "of another issuer",
            forge ->
                forge.leaf(l -> {
                  l.issuer = SigstoreWorld.ISSUER + ".example";
                  l.oldIssuer = l.issuer;
                })),
        both(
            "another subject",
            "another subject",
            forge -> forge.leaf(l -> l.subject = "me@example.org.example")),
        both(
            "a line break after the subject",
            "has control characters",
            forge -> forge.leaf(l -> l.subject = SigstoreWorld.SUBJECT + "\n")),
        both(
            "a program",
            "",
            forge ->
                forge.leaf(l -> {
                  l.subjectType = 6;
                  l.subject = "https://git.example/@example.org";
                })),
        both(
            "a host's name",
            "neither e-mail nor URI",
            forge ->
                forge.leaf(l -> {
                  l.subjectType = 2;
                  l.subject = "www.example.org";
                })),
        both(
            "no issuer",
            "names no issuer",
            forge ->
                forge.leaf(l -> {
                  l.issuer = "";
                  l.oldIssuer = "";
                })),
        List.of(
            bundle("without the older issuer", "", forge -> forge.leaf(l -> l.oldIssuer = "")),
            simple("without the older issuer", "", forge -> forge.leaf(l -> l.oldIssuer = ""))
                .unlikeCosign("cosign reads the older extension alone"),
            bundle(
                    "two issuers",
                    "names two issuers",
                    forge -> forge.leaf(l -> l.oldIssuer = "https://other.example"))
                .unlikeCosign("cosign reads the newer extension alone"),
            simple(
                "two issuers",
                "names two issuers",
                forge -> forge.leaf(l -> l.oldIssuer = "https://other.example"))));
  }

  private List<SignatureCase> statements() {
    String replayed = "about another image";
    return List.of(
        of("bundle: replayed", replayed, false, image -> forge(OTHER, forge -> {}).bundle()),
        of("older: replayed", replayed, false, image -> forge(OTHER, forge -> {}).simple()),
        bundle(
                "an attestation",
                "a statement that is no signature",
                forge -> forge.predicate = "https://slsa.dev/provenance/v1")
            .unlikeCosign("cosign takes any statement for a signature"),
        bundle(
                "a statement of another type",
                "a statement of an unknown type",
                forge -> forge.payload = text -> text.replace("Statement/v1", "Statement/v7"))
            .unlikeCosign("cosign does not compare the statement's type"),
        bundle(
            "two signatures in one envelope",
            "2 signatures in an envelope",
            forge ->
                forge.bundle =
                    json ->
                        list(at(json, "dsseEnvelope"), "signatures")
                            .add(SigstoreWorld.map("sig", "AAAA"))),
        bundle(
            "a payload of another type",
            "the envelope holds no statement",
            forge ->
                forge.bundle = json -> at(json, "dsseEnvelope").put("payloadType", "text/plain")),
        bundle(
            "another statement than was signed",
            "the signature of the statement is not the key's",
            forge ->
                forge.bundle =
                    json -> at(json, "dsseEnvelope").put("payload", Bytes.ofUtf8("{}").base64())),
        bundle(
            "another signature than was logged",
            "the log entry is about another signature",
            forge ->
                forge.bundle =
                    json -> {
                      Map<String, Object> envelope = at(json, "dsseEnvelope");
                      try {
                        Bytes payload = Bytes.ofBase64(text(envelope, "payload"), "payload");
                        Envelope read =
                            new Envelope(text(envelope, "payloadType"), payload, payload);
                        envelope.put(
                            "signatures",
                            List.of(
                                SigstoreWorld.map(
                                    "sig",
                                    TestCertificates.sign(
                                            forge.leaf.key.getPrivate(), read.signed())
                                        .base64())));
                      } catch (UntrustedException e) {
                        throw new IllegalStateException(e);
                      }
                    }));
  }

  private List<SignatureCase> logs() {
    Duration off = Duration.ofDays(20);
    String unlogged = "no log of the trusted root has the entry";
    return all(
        both("logged early", DEAD, forge -> forge.time = NOW.minus(off)),
        both("logged late", DEAD, forge -> forge.time = NOW.plus(off)),
        both("logged a second early", DEAD, forge -> forge.time = NOW.minusSeconds(1)),
        both("logged at the first second", "", forge -> forge.time = NOW),
        both("logged at the last second", "", forge -> forge.time = NOW.plusSeconds(600)),
        both("logged a second late", DEAD, forge -> forge.time = NOW.plusSeconds(601)),
        both("a log that nobody knows", unlogged, forge -> forge.log = world.otherLog),
        both("a log that had ended", unlogged, forge -> {}).stream()
            .map(found -> found.inRoot(ended("tlogs")))
            .toList(),
        List.of(
            bundle(
                "an index that the log did not sign",
                "the signature of the log entry's time is not the key's",
                forge -> forge.entry = json -> json.put("logIndex", "7")),
            simple(
                "an index that the log did not sign",
                "the signature of the log entry's time is not the key's",
                forge -> forge.entry = json -> at(json, "Payload").put("logIndex", 7)),
            bundle(
                "a time that the log did not sign",
                "the signature of the log entry's time is not the key's",
                forge ->
                    forge.entry =
                        json ->
                            json.put("integratedTime", Long.toString(NOW.getEpochSecond() + 9))),
            bundle(
                "no time of the log",
                "the log did not sign the entry's time",
                forge -> forge.entry = json -> json.remove("inclusionPromise")),
            simple(
                "no log entry",
                "no log entry beside the payload",
                forge -> forge.annotations = values -> values.remove("dev.sigstore.cosign/bundle")),
            bundle(
                "no log entry",
                "0 log entries",
                forge -> forge.bundle = json -> list(verification(json), "tlogEntries").clear()),
            bundle(
                "a log entry twice",
                "2 log entries",
                forge ->
                    forge.bundle =
                        json -> {
                          List<Object> entries = list(verification(json), "tlogEntries");
                          entries.add(entries.getFirst());
                        })));
  }

  private List<SignatureCase> bodies() {
    return all(
        both(
            "an entry about another certificate",
            "the log entry is about another certificate",
            forge ->
                forge.logged = world.leaf(l -> l.lifetime = new Period(NOW, NOW.plusSeconds(60)))),
        both(
            "an entry of another kind",
            "a log entry of an unknown kind",
            forge ->
                forge.body =
                    text -> text.replaceFirst("\"kind\":\"[a-z]+\"", "\"kind\":\"intoto\"")),
        List.of(
            bundle(
                "an entry of another payload",
                "the log entry is about something else",
                forge ->
                    forge.body =
                        text ->
                            text.replaceFirst(
                                "(payloadHash.*?\"value\":\")[0-9a-f]{8}", "$100000000")),
            simple(
                "an entry of another payload",
                "the log entry is about something else",
                forge ->
                    forge.body =
                        text -> text.replaceFirst("(\"value\":\")[0-9a-f]{8}", "$100000000")),
            bundle(
                "an entry of another hash",
                "a log entry of an unknown hash",
                forge -> forge.body = text -> text.replace("\"sha256\"", "\"sha512\"")),
            simple(
                "an entry of another signature",
                "the log entry is about another signature",
                forge ->
                    forge.body = text -> text.replaceFirst("(\"content\":\")M...", "$1MEUC"))));
  }

  private List<SignatureCase> proofs() {
    return List.of(
        proof("no proof", "inclusionProof is missing", entry -> entry.remove("inclusionProof")),
        proof("another place", "not in the log's tree", entry -> proof(entry).put("logIndex", "0")),
        proof(
            "a place after the end",
            "the log's tree ends before the entry",
            entry -> proof(entry).put("logIndex", "2")),
        proof(
                "another size",
                "the log's checkpoint is of another tree",
                entry -> {
                  proof(entry).put("treeSize", "3");
                  proof(entry).put("logIndex", "2");
                })
            .unlikeCosign("cosign does not compare the sizes of checkpoint and proof"),
        proof(
            "a long proof",
            "the proof is too long",
            entry -> proof(entry).put("hashes", List.of(neighbour(entry), neighbour(entry)))),
        proof(
            "a short proof",
            "the proof is too short",
            entry -> proof(entry).put("hashes", List.of())),
        proof(
            "another neighbour",
            "not in the log's tree",
            entry -> proof(entry).put("hashes", List.of(OTHER_HASH))),
        proof(
            "another root",
            "not in the log's tree",
            entry -> proof(entry).put("rootHash", OTHER_HASH)),
        proof(
                "a checkpoint of another tree",
                "the log's checkpoint is of another tree",
                entry ->
                    checkpoint(entry, world.log.checkpoint(world.log.host(), 3, rootOf(entry))))
            .unlikeCosign("cosign does not compare the sizes of checkpoint and proof"),
        proof(
            "a checkpoint of another root",
            "the log's checkpoint is of another tree",
            entry ->
                checkpoint(
                    entry, world.log.checkpoint(world.log.host(), 2, Bytes.ofUtf8("x").sha256()))),
        proof(
            "a checkpoint that is changed",
            "the signature of the log's tree is not the key's",
            entry -> {
              Map<String, Object> point = at(proof(entry), "checkpoint");
              point.put("envelope", text(point, "envelope").replace(" - 42", " - 43"));
            }),
        proof(
            "another log's checkpoint",
            "the log did not sign its checkpoint",
            entry ->
                checkpoint(entry, world.otherLog.checkpoint(world.log.host(), 2, rootOf(entry)))),
        proof(
                "a checkpoint by another name",
                "the log did not sign its checkpoint",
                entry -> checkpoint(entry, world.log.checkpoint("log.example", 2, rootOf(entry))))
            .unlikeCosign("cosign does not compare the name"),
        proof(
            "no checkpoint", "checkpoint is missing", entry -> proof(entry).remove("checkpoint")));
  }

  private static final String OTHER_HASH = Bytes.ofUtf8("other").sha256().base64();

  private SignatureCase proof(String name, String refusal, Consumer<Map<String, Object>> change) {
    return bundle(name, refusal, forge -> forge.entry = change);
  }

  private List<SignatureCase> older() {
    String damaged = "the signature of the payload is not the key's";
    return List.of(
        simple(
                "a payload of another type",
                "a payload that is no signature",
                forge -> forge.payload = text -> text.replace("cosign container", "some container"))
            .unlikeCosign("cosign does not compare the type"),
        simple(
            "another signature",
            damaged,
            forge ->
                forge.annotations =
                    values ->
                        values.put(
                            "dev.cosignproject.cosign/signature",
                            TestCertificates.sign(world.ownKey.getPrivate(), Bytes.ofUtf8("x"))
                                .base64())),
        simple(
            "no signature",
            "no signature beside the payload",
            forge ->
                forge.annotations = values -> values.remove("dev.cosignproject.cosign/signature")),
        simple(
            "no certificate",
            "no certificate beside the payload",
            forge ->
                forge.annotations = values -> values.remove("dev.sigstore.cosign/certificate")),
        simple(
                "two certificates",
                "not base64",
                forge ->
                    forge.annotations =
                        values ->
                            values.merge(
                                "dev.sigstore.cosign/certificate",
                                world.leaf().pem(),
                                String::concat))
            .unlikeCosign("cosign takes the first certificate"),
        simple(
            "a chain of others",
            "",
            forge ->
                forge.annotations =
                    values -> values.put("dev.sigstore.cosign/chain", world.leaf().pem())),
        several(
            "older: two, one of which is good",
            image -> forge(OTHER, f -> {}).simple(),
            image -> forge(image, f -> {}).simple()));
  }

  private static SignatureCase several(
      String name, Function<Digest, Material> first, Function<Digest, Material> second) {
    return new SignatureCase(
        name, "", "", false, root -> {}, image -> List.of(first.apply(image), second.apply(image)));
  }

  private List<SignatureCase> keys() {
    KeyPair stranger = TestCertificates.pair("EC");
    return List.of(
        key("bundle by key: good", "", f -> f.bundleByKey(world.ownKey.getPrivate())),
        key("older by key: good", "", f -> f.simpleByKey(world.ownKey.getPrivate())),
        key(
            "bundle by key: another key",
            "the signature of the statement is not the key's",
            f -> f.bundleByKey(stranger.getPrivate())),
        key(
            "older by key: another key",
            "the signature of the payload is not the key's",
            f -> f.simpleByKey(stranger.getPrivate())),
        of(
            "bundle by key: replayed",
            "about another image",
            true,
            image -> forge(OTHER, f -> {}).bundleByKey(world.ownKey.getPrivate())),
        of(
            "older by key: replayed",
            "about another image",
            true,
            image -> forge(OTHER, f -> {}).simpleByKey(world.ownKey.getPrivate())),
        key(
            "bundle by key: by a certificate",
            "the signature of the statement is not the key's",
            SignatureForge::bundle),
        of(
            "bundle: by key",
            "the bundle has no certificate",
            false,
            image -> forge(image, f -> {}).bundleByKey(world.ownKey.getPrivate())));
  }

  private SignatureCase key(String name, String refusal, Function<SignatureForge, Material> makes) {
    return of(name, refusal, true, image -> makes.apply(forge(image, f -> {})));
  }

  /// What ended before anything was signed.
  static Consumer<Map<String, Object>> ended(String name) {
    return root -> {
      for (Object part : list(root, name)) {
        @SuppressWarnings("unchecked")
        Map<String, Object> fields = (Map<String, Object>) part;
        Map<String, Object> holder =
            fields.containsKey("publicKey") ? at(fields, "publicKey") : fields;
        at(holder, "validFor").put("end", "2025-12-31T00:00:00Z");
      }
    };
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> at(Map<String, Object> json, String name) {
    return (Map<String, Object>) Objects.requireNonNull(json.get(name));
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(Map<String, Object> json, String name) {
    return (List<Object>) Objects.requireNonNull(json.get(name));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> first(Map<String, Object> json, String name) {
    return (Map<String, Object>) list(json, name).getFirst();
  }

  private static String text(Map<String, Object> json, String name) {
    return (String) Objects.requireNonNull(json.get(name));
  }

  static Map<String, Object> verification(Map<String, Object> bundle) {
    return at(bundle, "verificationMaterial");
  }

  private static Map<String, Object> proof(Map<String, Object> entry) {
    return at(entry, "inclusionProof");
  }

  private static Object neighbour(Map<String, Object> entry) {
    return list(proof(entry), "hashes").getFirst();
  }

  private static Bytes rootOf(Map<String, Object> entry) {
    try {
      return Bytes.ofBase64(text(proof(entry), "rootHash"), "rootHash");
    } catch (UntrustedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void checkpoint(Map<String, Object> entry, String text) {
    at(proof(entry), "checkpoint").put("envelope", text);
  }
}
