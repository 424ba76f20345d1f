package imageservice.builder.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.release.CatalogueOverlay;
import imageservice.release.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OverlayCatalogueTest {
  private static final String A = "sha256:" + "a".repeat(64);
  private static final String ITEM =
      "- name: rpi_generic\n  image: ghcr.io/siderolabs/sbc-raspberrypi:v0.1.0\n  digest: " + A;
  private static final Optional<String> REGISTRY = Optional.of("registry.example/x/");

  @Test
  void keepsTheOrderAndReplacesTheRegistry() throws MalformedCatalogueException {
    OverlayCatalogue catalogue =
        parse(
            """
            overlays:
            %s
            - digest: %s
              image: ghcr.io/siderolabs/sbc-raspberrypi:v0.1.0
              name: a
              since: [1]
            - {name: foreign, image: "ghcr.io/my-org/x:1", digest: "%s"}
            """
                .formatted(ITEM, A, A));
    assertThat(catalogue.overlays()).containsExactly(overlay("rpi_generic"), overlay("a"));
    assertThat(catalogue.passedOver()).containsExactly("foreign");
  }

  @Test
  void mayBeEmpty() throws MalformedCatalogueException {
    assertThat(parse("overlays: []").overlays()).isEmpty();
    assertThat(parse("overlays:\n").overlays()).isEmpty();
  }

  @Test
  void saysWhatIsWrong() {
    assertRefused("", "overlays.yaml: the document is not a mapping");
    assertRefused("- a", "overlays.yaml: the document is not a mapping");
    assertRefused("text", "overlays.yaml: the document is not a mapping");
    assertRefused("{}", "overlays.yaml: overlays is missing");
    assertRefused("overlays: {}", "overlays.yaml: overlays is not a list");
    assertRefused("overlays: [a]", "overlays.yaml: overlays[0] is not a mapping");
    assertRefused("overlays: [{}]", "overlays.yaml: overlays[0]: not an overlay's name: ");
    assertRefused(
        "overlays:\n" + ITEM + "\n" + ITEM.replace("rpi_generic", "../../etc"),
        "overlays.yaml: overlays[1]: not an overlay's name: ../../etc");
    assertRefused(
        "overlays:\n" + ITEM.replace(":v0.1.0", ""),
        "overlays.yaml: overlays[0]: not an image's reference with a tag:"
            + " ghcr.io/siderolabs/sbc-raspberrypi");
    assertRefused(
        "overlays:\n" + ITEM.replace(A, "sha256:1"),
        "overlays.yaml: overlays[0]: not a digest: sha256:1");
    assertRefused("overlays: [{name: {}}]", "overlays.yaml: overlays[0]: name is not a text");
    assertRefused(
        "overlays: &a [*a]", "overlays.yaml: line 1: anchors and aliases are not used here");
  }

  private static CatalogueOverlay overlay(String name) {
    return new CatalogueOverlay(
        name,
        "siderolabs/sbc-raspberrypi",
        "registry.example/x/sbc-raspberrypi:v0.1.0",
        new Digest(A));
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(MalformedCatalogueException.class)
        .hasMessage(message);
  }

  private static OverlayCatalogue parse(String text) throws MalformedCatalogueException {
    return OverlayCatalogue.parse(text.getBytes(StandardCharsets.UTF_8), REGISTRY);
  }
}
