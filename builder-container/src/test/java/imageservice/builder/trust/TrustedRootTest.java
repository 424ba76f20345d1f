package imageservice.builder.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class TrustedRootTest {
  private static final SigstoreWorld WORLD = new SigstoreWorld();

  private static void refuses(Consumer<Map<String, Object>> change, String why) {
    byte[] json = WORLD.trustedRoot(change);
    assertThatThrownBy(() -> TrustedRoot.parse(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a trusted root of sigstore's: " + why);
  }

  @Test
  void readsWhatItShould() {
    TrustedRoot root = TrustedRoot.parse(WORLD.trustedRoot());
    assertThat(root.authorities(SigstoreWorld.NOW)).hasSize(1);
    assertThat(root.authorities(SigstoreWorld.DECADE.start().minusSeconds(1))).isEmpty();
    assertThat(root.timestampAuthorities(SigstoreWorld.NOW)).hasSize(1);
    assertThat(root.logs(WORLD.log.id(), SigstoreWorld.NOW))
        .singleElement()
        .extracting(TransparencyLog::host)
        .isEqualTo("rekor.example");
  }

  @Test
  void refusesAnotherDocument() {
    refuses(
        root -> root.put("mediaType", "application/json"),
        "mediaType is not application/vnd.dev.sigstore.trustedroot+json;version=0.1");
    refuses(root -> root.put("tlogs", Collections.nCopies(101, Map.of())), "more than 100 tlogs");
    refuses(root -> log(root).remove("publicKey"), "publicKey is missing");
    refuses(root -> log(root).put("baseUrl", "https://["), "baseUrl is not an address");
    refuses(
        root -> Trees.at(log(root), "publicKey").put("rawBytes", "AAAA"),
        "a public key that is none of EC, Ed25519 or RSA of 2048 bits");
    refuses(
        root -> Trees.at(log(root), "publicKey").put("validFor", Map.of("start", "now")),
        "a time that is none in validFor");
    refuses(
        root ->
            Trees.list(root, "certificateAuthorities")
                .set(
                    0,
                    Map.of(
                        "certChain",
                        Map.of("certificates", java.util.List.of()),
                        "validFor",
                        Map.of())),
        "certificates is empty");
    assertThatThrownBy(() -> TrustedRoot.parse("[]".getBytes(StandardCharsets.UTF_8)))
        .hasMessage("not a trusted root of sigstore's: not a JSON object");
    assertThatThrownBy(() -> TrustedRoot.parse(new byte[TrustedRoot.LIMIT + 1]))
        .hasMessage("a trusted root of more than 1048576 bytes");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> log(Map<String, Object> root) {
    return (Map<String, Object>) Trees.list(root, "tlogs").getFirst();
  }
}
