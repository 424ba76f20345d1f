package imageservice.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.json.MalformedJsonException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReleaseDocumentJsonTest {
  private static final Digest DIGEST = Digest.of(new byte[0]);
  private static final TalosVersion VERSION = TalosVersion.of(1, 11, 0);

  @Test
  void whatIsWrittenIsRead() throws Exception {
    for (ReleaseDocument document :
        List.of(
            new ReleaseDocument(
                VERSION,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new InstallerBase.Absent()),
            new ReleaseDocument(
                VERSION,
                Optional.of(List.of()),
                Optional.of(List.of()),
                Optional.of(new Talosctl(DIGEST, List.of())),
                new InstallerBase.Absent()),
            new ReleaseDocument(
                VERSION,
                Optional.of(
                    List.of(
                        new CatalogueExtension("siderolabs/b", "r/b:1", DIGEST, "", "a\nb"),
                        new CatalogueExtension("siderolabs/a", "r/a:1", DIGEST, "x", ""))),
                Optional.of(List.of(new CatalogueOverlay("n", "siderolabs/i", "r/i:1", DIGEST))),
                Optional.of(new Talosctl(DIGEST, List.of("talosctl-b", "talosctl-a"))),
                new InstallerBase.Absent(),
                new CatalogueImages(Optional.of(DIGEST), Optional.of(Digest.of(new byte[1])))),
            new ReleaseDocument(
                VERSION,
                Optional.of(
                    List.of(
                        new CatalogueExtension(
                            "o/b", "r/o/b:1", DIGEST, "", "", Optional.of("r/o/b")))),
                Optional.empty(),
                Optional.empty(),
                new InstallerBase.Absent(),
                CatalogueImages.NONE,
                List.of(
                    new ListedCatalogue("r/o/", Optional.of(DIGEST)),
                    new ListedCatalogue("r/p/", Optional.empty()))))) {
      assertThat(ReleaseDocumentJson.read(ReleaseDocumentJson.write(document))).isEqualTo(document);
    }
  }

  @Test
  void namesWhatIsWrong() {
    assertRefused("{}", "version: missing");
    assertRefused("{\"version\":\"x\"}", "version: not a Talos version: x");
    assertRefused(
        "{\"version\":\"v1.9.5\",\"overlays\":[{\"name\":\"a\"}]}", "overlays[0].image: missing");
    assertRefused(
        "{\"version\":\"v1.9.5\",\"talosctl\":{\"image\":\"b\",\"files\":[]}}", "not a digest: b");
  }

  @Test
  void tellsABaseThatIsAbsentFromOneThatWasNotLookedFor() throws Exception {
    assertThat(ReleaseDocumentJson.read("{\"version\":\"v1.9.5\"}").installerBase())
        .isEqualTo(new InstallerBase.NotRead());
    for (InstallerBase base :
        List.of(
            new InstallerBase.Absent(),
            new InstallerBase.NotRead(),
            new InstallerBase.Image(DIGEST))) {
      ReleaseDocument document =
          new ReleaseDocument(VERSION, Optional.empty(), Optional.empty(), Optional.empty(), base);
      assertThat(ReleaseDocumentJson.read(ReleaseDocumentJson.write(document))).isEqualTo(document);
    }
    assertRefused("{\"version\":\"v1.9.5\",\"installerBase\":\"x\"}", "not a digest: x");
  }

  /// Two versions of the service share the table during a deployment.
  @Test
  void passesOverFieldsOfALaterVersion() throws MalformedJsonException {
    assertThat(ReleaseDocumentJson.read("{\"version\":\"v1.9.5\",\"more\":1}"))
        .isEqualTo(ReleaseDocumentJson.read("{\"version\":\"v1.9.5\"}"));
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> ReleaseDocumentJson.read(text))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage(message);
  }
}
