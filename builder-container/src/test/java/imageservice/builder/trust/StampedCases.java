package imageservice.builder.trust;

import static imageservice.builder.trust.Trees.ended;
import static imageservice.builder.trust.Trees.list;
import static imageservice.builder.trust.Trees.verification;

import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Bundles of Rekor 2, whose time is a timestamp's.
final class StampedCases {
  private static final String UNSTAMPED = "the timestamp is no authority's of the trusted root";

  private static final String OTHER_OID = "1.2.840.113549.1.7.1";

  private final SigstoreWorld world;
  private final TestTimestamps authority;

  StampedCases(SigstoreWorld world) {
    this.world = world;
    this.authority = world.timestamps;
  }

  private SignatureCase stamped(String name, String refusal, Consumer<SignatureForge> wish) {
    return CaseMaker.of(
        "stamped: " + name,
        refusal,
        false,
        image -> new SignatureForge(world, image).with(wish).stampedBundle());
  }

  /// @param answer of the authority in place of its own
  private SignatureCase answer(String name, String refusal, Bytes answer) {
    return stamped(name, refusal, forge -> forge.stamp = own -> answer);
  }

  List<SignatureCase> all() {
    KeyPair stranger = TestCertificates.pair("EC");
    Bytes other = Bytes.ofUtf8("other");
    return List.of(
        stamped("good", "", forge -> {}),
        stamped(
            "early",
            "when the certificate was not valid",
            forge -> forge.time = SigstoreWorld.NOW.minusSeconds(1)),
        stamped(
            "late",
            "when the certificate was not valid",
            forge -> forge.time = SigstoreWorld.NOW.plusSeconds(601)),
        answer(
            "a timestamp of something else",
            "what it is of",
            authority.answer(other, SigstoreWorld.NOW.plusSeconds(5))),
        stamped(
            "a timestamp that was not granted",
            "was not granted",
            forge -> forge.stamp = own -> answered(forge, 2, authority.key, false)),
        stamped(
            "a stranger's timestamp",
            UNSTAMPED,
            forge -> forge.stamp = own -> answered(forge, 0, stranger, false)),
        stamped(
            "a timestamp whose content is not signed",
            "its content",
            forge -> forge.stamp = own -> answered(forge, 0, authority.key, true)),
        stamped("an authority that had ended", UNSTAMPED, forge -> {})
            .inRoot(ended("timestampAuthorities")),
        stamped("a log that had ended", "no log of the trusted root has the entry", forge -> {})
            .inRoot(ended("tlogs"))
            .unlikeCosign("cosign does not compare the log's period with a timestamp"),
        stamped("an authority for other things", UNSTAMPED, forge -> {})
            .inRoot(root ->
                chain(root).set(0, raw(authority.certificate(TestCertificates.CODE_SIGNING)))),
        stamped("an authority's other chain", UNSTAMPED, forge -> {})
            .inRoot(root -> chain(root).set(1, raw(world.rootCertificate))),
        stamped(
            "no timestamp",
            "0 timestamps in the bundle",
            forge -> forge.bundle = json -> verification(json).remove("timestampVerificationData")),
        stamped(
                "two timestamps, one of which is bad",
                "DER",
                forge ->
                    forge.bundle =
                        json ->
                            list(
                                    Trees.at(verification(json), "timestampVerificationData"),
                                    "rfc3161Timestamps")
                                .add(SigstoreWorld.map("signedTimestamp", "AAAA")))
            .unlikeCosign("cosign takes one good timestamp among bad ones"),
        stamped(
            "an entry of another hash",
            "a log entry of an unknown hash",
            forge -> forge.body = text -> text.replace("\"SHA2_256\"", "\"SHA2_512\"")),
        shaped("a timestamp in another kind of message", "its kind", a -> a.message = OTHER_OID),
        shaped("a message about something else", "its content", a -> a.content = OTHER_OID)
            .unlikeCosign("cosign does not compare the types of what a timestamp signs"),
        shaped("a signature about something else", "its content", a -> a.signedContent = OTHER_OID)
            .unlikeCosign("cosign does not compare the types of what a timestamp signs"),
        shaped("a timestamp of another hash", "an unknown hash", a -> a.hash = OTHER_OID),
        shaped("a timestamp by two signers", "has not one signer", a -> a.signers = 2),
        shaped("a content that is named twice", "says something twice", a -> a.contents = 2)
            .unlikeCosign("cosign does not compare the types of what a timestamp signs"),
        shaped("a content that is not named", "does not sign its content", a -> a.contents = 0)
            .unlikeCosign("cosign does not compare the types of what a timestamp signs"),
        stamped(
            "an entry of something else",
            "the log entry is about something else",
            forge ->
                forge.body =
                    text ->
                        text.replaceFirst(
                            "(\"digest\":\")[^\"]*", "$1" + Bytes.ofUtf8("x").sha256().base64())),
        stamped(
            "an entry about another certificate",
            "the log entry is about another certificate",
            forge -> forge.logged = world.leaf()),
        stamped(
                "a tree without the entry",
                "not in the log's tree",
                forge ->
                    forge.entry = json -> Trees.at(json, "inclusionProof").put("logIndex", "0"))
            .unlikeCosign("cosign takes the entry's place from elsewhere in the entry"));
  }

  /// @param change of the authority's answer
  private SignatureCase shaped(
      String name, String refusal, Consumer<TestTimestamps.Answer> change) {
    return stamped(
        name,
        refusal,
        forge ->
            forge.stamp =
                own -> {
                  Bytes info = authority.info(forge.signature, forge.time);
                  TestTimestamps.Answer answer = authority.new Answer(info);
                  change.accept(answer);
                  return answer.bytes();
                });
  }

  /// @param empty whether another content is signed than is there
  private Bytes answered(SignatureForge forge, int status, KeyPair signer, boolean empty) {
    Bytes info = authority.info(forge.signature, forge.time);
    return authority.answer(info, empty ? Bytes.ofUtf8("") : info, status, signer);
  }

  @SuppressWarnings("unchecked")
  private static List<Object> chain(Map<String, Object> root) {
    Map<String, Object> first = (Map<String, Object>) list(root, "timestampAuthorities").getFirst();
    return list(Trees.at(first, "certChain"), "certificates");
  }

  private static Map<String, Object> raw(Bytes certificate) {
    return SigstoreWorld.map("rawBytes", certificate.base64());
  }
}
