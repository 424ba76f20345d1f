package imageservice.builder.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.release.CatalogueExtension;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import imageservice.release.ReleaseDocumentJson;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExtensionCatalogueTest {
  private static final String A = "sha256:" + "a".repeat(64);
  private static final String B = "sha256:" + "b".repeat(64);
  private static final Optional<String> REGISTRY = Optional.of("127.0.0.1:5005/siderolabs/");

  @Test
  void keepsTheOrderAndReplacesTheRegistry() throws MalformedCatalogueException {
    String amd = "ghcr.io/siderolabs/amd-ucode:20230804@" + A;
    String gvisor = "ghcr.io/siderolabs/gvisor:20231214.0-v1.5.x@" + B;
    ExtensionCatalogue catalogue =
        parse(
            gvisor + "\r\n\n  " + amd + "  \n# no reference\n",
            "%s:\n  author: Mini Release\n  description: |\n    Two\n    lines.\n  since: 1\n"
                .formatted(amd));
    assertThat(catalogue.extensions())
        .containsExactly(
            new CatalogueExtension(
                "siderolabs/gvisor",
                "127.0.0.1:5005/siderolabs/gvisor:20231214.0-v1.5.x",
                new Digest(B),
                "",
                ""),
            new CatalogueExtension(
                "siderolabs/amd-ucode",
                "127.0.0.1:5005/siderolabs/amd-ucode:20230804",
                new Digest(A),
                "Mini Release",
                "Two\nlines.\n"));
    assertThat(catalogue.passedOver()).isEmpty();
  }

  /// The catalogue of `fixtures/make-mini-release.sh --version v1.9.5`, and what Image Factory
  /// v1.5.0 with the registry 127.0.0.1:5005 answered to `GET /version/v1.9.5/extensions/official`.
  @Test
  void saysWhatTheReferenceSays() throws Exception {
    ExtensionCatalogue catalogue =
        ExtensionCatalogue.parse(
            resource("image-digests"),
            Optional.of(resource("descriptions.yaml")),
            Placement.below(REGISTRY));
    ReleaseDocument document =
        new ReleaseDocument(
            TalosVersion.of(1, 9, 5),
            Optional.of(catalogue.extensions()),
            Optional.empty(),
            Optional.empty(),
            new InstallerBase.NotRead());
    String answer = new String(resource("extensions-official.json"), StandardCharsets.UTF_8);
    assertThat(ReleaseDocumentJson.write(document))
        .isEqualTo("{\"version\":\"v1.9.5\",\"extensions\":" + answer.strip() + "}");
  }

  @Test
  void needsNoDescriptions() throws MalformedCatalogueException {
    byte[] lines = bytes("ghcr.io/siderolabs/a:1@" + A);
    for (Optional<byte[]> none :
        List.of(Optional.<byte[]>empty(), Optional.of(bytes("")), Optional.of(bytes("{}")))) {
      assertThat(ExtensionCatalogue.parse(lines, none, Placement.below(REGISTRY)).extensions())
          .extracting(CatalogueExtension::description)
          .containsExactly("");
    }
  }

  @Test
  void namesImagesAsTheCatalogueDoesWhereThereIsNoRegistry() throws MalformedCatalogueException {
    assertThat(
            ExtensionCatalogue.parse(
                    bytes("ghcr.io/siderolabs/a:1@" + A),
                    Optional.empty(),
                    Placement.below(Optional.empty()))
                .extensions())
        .extracting(CatalogueExtension::ref)
        .containsExactly("ghcr.io/siderolabs/a:1");
  }

  @Test
  void passesOverOtherOrganisations() throws MalformedCatalogueException {
    ExtensionCatalogue catalogue =
        parse("ghcr.io/my-org/x:1@" + A + "\nghcr.io/siderolabs/a:1@" + A, "");
    assertThat(catalogue.passedOver()).containsExactly("my-org/x");
    assertThat(catalogue.extensions())
        .extracting(CatalogueExtension::name)
        .containsExactly("siderolabs/a");
  }

  @Test
  void saysWhichLineIsWrong() {
    String good = "ghcr.io/siderolabs/a:1@" + A + "\n";
    assertRefused(good + "ghcr.io/siderolabs/b:1@", "", "image-digests, line 2: not a digest: ");
    assertRefused(
        good + "\nghcr.io/siderolabs/b:1@sha256:1",
        "",
        "image-digests, line 3: not a digest: sha256:1");
    for (String bad :
        List.of(
            "ghcr.io/siderolabs/B:1",
            "ghcr.io/siderolabs/../b:1",
            "siderolabs:1",
            "ghcr.io/siderolabs/b",
            "ghcr.io/siderolabs/b:",
            "ghcr.io//b:1",
            "")) {
      assertRefused(
          good + bad + "@" + A,
          "",
          "image-digests, line 2: not an image's reference with a tag: " + bad);
    }
    assertThatThrownBy(() ->
            ExtensionCatalogue.parse(
                new byte[CatalogueText.LIMIT + 1], Optional.empty(), Placement.below(REGISTRY)))
        .hasMessage("image-digests: 1048577 bytes, at most 1048576");
    assertThatThrownBy(() ->
            ExtensionCatalogue.parse(
                new byte[] {(byte) 0xFF}, Optional.empty(), Placement.below(REGISTRY)))
        .hasMessage("image-digests: not UTF-8");
  }

  @Test
  void saysWhatIsWrongWithDescriptions() {
    String good = "ghcr.io/siderolabs/a:1@" + A;
    assertRefused(good, "[]", "descriptions.yaml: the document is not a mapping");
    assertRefused(good, "a: [1]", "descriptions.yaml: a is not a mapping");
    assertRefused(good, "a: {author: [1]}", "descriptions.yaml: a: author is not a text");
    assertRefused(good, "a: {}\na: {}", "descriptions.yaml: line 2: the key a is there twice");
    assertRefused(
        good,
        "a: &a {author: x}\nb: *a\n",
        "descriptions.yaml: line 1: anchors and aliases are not used here");
    assertRefused(
        good,
        "#".repeat(CatalogueText.LIMIT + 1),
        "descriptions.yaml: 1048577 bytes, at most 1048576");
  }

  private static void assertRefused(String lines, String descriptions, String message) {
    assertThatThrownBy(() -> parse(lines, descriptions))
        .isInstanceOf(MalformedCatalogueException.class)
        .hasMessage(message);
  }

  private static ExtensionCatalogue parse(String lines, String descriptions)
      throws MalformedCatalogueException {
    return ExtensionCatalogue.parse(
        bytes(lines), Optional.of(bytes(descriptions)), Placement.below(REGISTRY));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ExtensionCatalogueTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
