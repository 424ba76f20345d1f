package imageservice.builder.trust;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// When something was signed, and which log says so.
final class LogCases {
  private static final Instant NOW = SigstoreWorld.NOW;
  private static final String DEAD = "when the certificate was not valid";

  private final SigstoreWorld world;
  private final CaseMaker make;

  LogCases(SigstoreWorld world) {
    this.world = world;
    this.make = new CaseMaker(world);
  }

  List<SignatureCase> logs() {
    Duration off = Duration.ofDays(20);
    String unlogged = "no log of the trusted root has the entry";
    return CaseMaker.all(
        make.both("logged early", DEAD, forge -> forge.time = NOW.minus(off)),
        make.both("logged late", DEAD, forge -> forge.time = NOW.plus(off)),
        make.both("logged a second early", DEAD, forge -> forge.time = NOW.minusSeconds(1)),
        make.both("logged at the first second", "", forge -> forge.time = NOW),
        make.both("logged at the last second", "", forge -> forge.time = NOW.plusSeconds(600)),
        make.both("logged a second late", DEAD, forge -> forge.time = NOW.plusSeconds(601)),
        make.both("a log that nobody knows", unlogged, forge -> forge.log = world.otherLog),
        make.both("a log that had ended", unlogged, forge -> {}).stream()
            .map(found -> found.inRoot(Trees.ended("tlogs")))
            .toList(),
        List.of(
            make.bundle(
                "an index that the log did not sign",
                "the signature of the log entry's time is not the key's",
                forge -> forge.entry = json -> json.put("logIndex", "7")),
            make.simple(
                "an index that the log did not sign",
                "the signature of the log entry's time is not the key's",
                forge -> forge.entry = json -> Trees.at(json, "Payload").put("logIndex", 7)),
            make.bundle(
                "a time that the log did not sign",
                "the signature of the log entry's time is not the key's",
                forge ->
                    forge.entry =
                        json ->
                            json.put("integratedTime", Long.toString(NOW.getEpochSecond() + 9))),
            make.bundle(
                "no time of the log",
                "the log did not sign the entry's time",
                forge -> forge.entry = json -> json.remove("inclusionPromise")),
            make.simple(
                "no log entry",
                "no log entry beside the payload",
                forge -> forge.annotations = values -> values.remove("dev.sigstore.cosign/bundle")),
            make.bundle(
                "no log entry",
                "0 log entries",
                forge ->
                    forge.bundle =
                        json -> Trees.list(Trees.verification(json), "tlogEntries").clear()),
            make.bundle(
                "a log entry twice",
                "2 log entries",
                forge ->
                    forge.bundle =
                        json -> {
                          List<Object> entries =
                              Trees.list(Trees.verification(json), "tlogEntries");
                          entries.add(entries.getFirst());
                        })));
  }

  List<SignatureCase> bodies() {
    return CaseMaker.all(
        make.both(
            "an entry about another certificate",
            "the log entry is about another certificate",
            forge ->
                forge.logged = world.leaf(l -> l.lifetime = new Period(NOW, NOW.plusSeconds(60)))),
        make.both(
            "an entry of another kind",
            "a log entry of an unknown kind",
            forge ->
                forge.body =
                    text -> text.replaceFirst("\"kind\":\"[a-z]+\"", "\"kind\":\"intoto\"")),
        List.of(
            make.bundle(
                "an entry of another payload",
                "the log entry is about something else",
                forge ->
                    forge.body =
                        text ->
                            text.replaceFirst(
                                "(payloadHash.*?\"value\":\")[0-9a-f]{8}", "$100000000")),
            make.simple(
                "an entry about an envelope",
                "a log entry of another kind than the payload's",
                forge ->
                    forge.body =
                        text ->
                            text.replaceFirst(
                                ".*\"value\":\"(.*?)\".*\"content\":\"(.*?)\".*\"content\":\"(.*?)\".*",
                                "{\"apiVersion\":\"0.0.1\",\"kind\":\"dsse\",\"spec\":{\"payloadHash\":{\"algorithm\":\"sha256\",\"value\":\"$1\"},\"signatures\":[{\"signature\":\"$2\",\"verifier\":\"$3\"}]}}")),
            make.bundle(
                    "an entry of two signatures",
                    "a log entry of several signatures",
                    forge ->
                        forge.body =
                            text ->
                                text.replaceFirst(
                                    "\"signatures\":\\[(\\{.*?\\})", "\"signatures\":[$1,$1"))
                .unlikeCosign("cosign takes one fitting signature among several"),
            make.simple(
                "an entry of another payload",
                "the log entry is about something else",
                forge ->
                    forge.body =
                        text -> text.replaceFirst("(\"value\":\")[0-9a-f]{8}", "$100000000")),
            make.bundle(
                "an entry of another hash",
                "a log entry of an unknown hash",
                forge -> forge.body = text -> text.replace("\"sha256\"", "\"sha512\"")),
            make.simple(
                "an entry of another signature",
                "the log entry is about another signature",
                forge ->
                    forge.body = text -> text.replaceFirst("(\"content\":\")M...", "$1MEcC"))));
  }

  List<SignatureCase> proofs() {
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
              Map<String, Object> point = Trees.at(proof(entry), "checkpoint");
              point.put("envelope", Trees.text(point, "envelope").replace(" - 42", " - 43"));
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
    return make.bundle(name, refusal, forge -> forge.entry = change);
  }

  private static Map<String, Object> proof(Map<String, Object> entry) {
    return Trees.at(entry, "inclusionProof");
  }

  private static Object neighbour(Map<String, Object> entry) {
    return Trees.list(proof(entry), "hashes").getFirst();
  }

  private static Bytes rootOf(Map<String, Object> entry) {
    try {
      return Bytes.ofBase64(Trees.text(proof(entry), "rootHash"), "rootHash");
    } catch (UntrustedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void checkpoint(Map<String, Object> entry, String text) {
    Trees.at(proof(entry), "checkpoint").put("envelope", text);
  }
}
