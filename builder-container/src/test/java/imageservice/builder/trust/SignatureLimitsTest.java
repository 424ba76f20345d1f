package imageservice.builder.trust;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.release.Digest;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is too large or too much is refused before it is read.
final class SignatureLimitsTest {
  private static final Digest IMAGE = Digest.of(new byte[] {1});
  private final SigstoreWorld world = new SigstoreWorld();
  private final SignatureCheck check =
      new SignatureCheck(
          Policy.keyless(SigstoreWorld.ISSUER + ",@example\\.org$"),
          TrustedRoot.parse(world.trustedRoot()));

  private SignatureForge forge() {
    return new SignatureForge(world, IMAGE);
  }

  private void refused(Material material, String why) {
    assertThat(check.check(IMAGE, material)).isEqualTo(new Outcome.Untrusted(why));
  }

  @Test
  void aLongBundle() {
    Material.Bundle bundle =
        forge().with(f -> f.bundle = json -> json.put("more", "x".repeat(256 << 10))).bundle();
    refused(bundle, "a bundle of %d bytes".formatted(bundle.json().length()));
  }

  @Test
  void aDeepBundle() {
    String deep = "[".repeat(100_000);
    refused(new Material.Bundle(Bytes.ofUtf8("{\"a\":" + deep)), "not a JSON object");
  }

  @Test
  void aLongPayload() {
    Material.SimpleSigning simple =
        forge().with(f -> f.payload = text -> text + " ".repeat(64 << 10)).simple();
    refused(simple, "a payload of %d bytes".formatted(simple.payload().length()));
  }

  @Test
  void aLongAnnotation() {
    Map<String, String> values = new HashMap<>(forge().simple().annotations());
    values.put("dev.sigstore.cosign/certificate", "x".repeat((64 << 10) + 1));
    refused(
        new Material.SimpleSigning(forge().simple().payload(), values),
        "a certificate of 65537 characters");
  }

  @Test
  void aLongCertificate() {
    SignatureForge forge = forge().leaf(l -> l.subject = "x".repeat(20_000) + "@example.org");
    refused(forge.bundle(), "a certificate of %d bytes".formatted(forge.leaf.der.length()));
  }

  @Test
  void aLongSubject() {
    refused(
        forge().leaf(l -> l.subject = "x".repeat(1_000) + "@example.org").bundle(),
        "the certificate's subject is empty, too long or has control characters");
  }

  @Test
  void aNumberThatIsNone() {
    for (String number : new String[] {"+1234567890123", "01", "9999999999999999999", "x"}) {
      refused(
          forge().with(f -> f.entry = json -> json.put("logIndex", number)).bundle(),
          "logIndex is not a number");
    }
  }

  @Test
  void manySubjects() {
    String others =
        IntStream.range(0, 100)
            .mapToObj(i -> "{\"digest\":{\"sha256\":\"" + i + "\"}},")
            .collect(Collectors.joining());
    refused(
        forge()
            .with(f -> f.payload = text -> text.replace("\"subject\":[", "\"subject\":[" + others))
            .bundle(),
        "a statement of more than 100 subjects");
  }

  @Test
  void manyHashesInAProof() {
    refused(
        forge()
            .with(f ->
                f.entry =
                    json ->
                        Trees.at(json, "inclusionProof")
                            .put("hashes", Collections.nCopies(65, "AAAA")))
            .bundle(),
        "a proof of more than 64 hashes");
  }

  @Test
  void aLongCheckpoint() {
    refused(
        forge()
            .with(f ->
                f.entry =
                    json -> {
                      Map<String, Object> point =
                          Trees.at(Trees.at(json, "inclusionProof"), "checkpoint");
                      point.put("envelope", point.get("envelope") + "\n".repeat(16 << 10));
                    })
            .bundle(),
        "the log's checkpoint is none");
  }

  @Test
  void aLongOrManyTimestamps() {
    refused(
        forge().with(f -> f.stamp = own -> Bytes.of(new byte[(64 << 10) + 1])).stampedBundle(),
        "a timestamp of 65537 bytes");
    refused(
        forge()
            .with(f ->
                f.bundle =
                    json ->
                        Trees.at(Trees.verification(json), "timestampVerificationData")
                            .put(
                                "rfc3161Timestamps",
                                Collections.nCopies(
                                    9, SigstoreWorld.map("signedTimestamp", "AAAA"))))
            .stampedBundle(),
        "9 timestamps in the bundle");
  }
}
