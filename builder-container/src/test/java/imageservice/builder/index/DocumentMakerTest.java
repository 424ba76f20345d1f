package imageservice.builder.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.cache.BlobCache;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.fetch.UnverifiedAdmitted;
import imageservice.builder.oci.PublicTestRegistry;
import imageservice.builder.oci.SourceException;
import imageservice.release.CatalogueExtension;
import imageservice.release.CatalogueImages;
import imageservice.release.CatalogueOverlay;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import imageservice.release.Talosctl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DocumentMakerTest {
  private static final TalosVersion V1_6 = TalosVersion.of(1, 6, 8);
  private static final TalosVersion V1_9 = TalosVersion.of(1, 9, 5);
  private static final TalosVersion V1_11 = TalosVersion.of(1, 11, 0);
  private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));
  private static final String LINE = "ghcr.io/siderolabs/gvisor:1@" + DIGEST;
  private static final String OVERLAYS =
      "overlays:\n- {name: rpi, image: 'ghcr.io/siderolabs/sbc-rpi:v1', digest: '%s'}\n"
          .formatted(DIGEST);

  @TempDir Path folder = Path.of("unset");

  @SuppressWarnings("NullAway.Init") // before each test
  private PublicTestRegistry registry;

  @SuppressWarnings("NullAway.Init") // before each test
  private BlobCache cache;

  @SuppressWarnings("NullAway.Init") // before each test
  private DocumentMaker maker;

  @BeforeEach
  void open() throws IOException {
    registry = new PublicTestRegistry(true);
    cache = new BlobCache(folder, 1L << 20, () -> Instant.EPOCH);
    maker = new DocumentMaker(new OciImages(registry.source(), new UnverifiedAdmitted(), cache));
  }

  @AfterEach
  void close() throws IOException {
    cache.close();
    registry.close();
  }

  @Test
  void readsAllCatalogues() throws IOException {
    Digest extensions =
        pushExtensions(
            V1_11,
            Map.of(
                "image-digests",
                LINE + "\nghcr.io/my-org/x:1@" + DIGEST,
                "descriptions.yaml",
                LINE + ": {author: A, description: D}"));
    Digest overlays = registry.push("overlays", "v1.11.0", Map.of("overlays.yaml", OVERLAYS));
    Digest talosctl =
        registry.push(
            "talosctl-all",
            "v1.11.0",
            Map.of(
                "talosctl-windows-amd64.exe", "w",
                "talosctl-linux-amd64", "l",
                "talosctl-linux-amd64.sig", "s",
                "bin/talosctl-linux-arm64", "b"));
    Digest base = registry.push("installer-base", "v1.11.0", Map.of("usr/bin/installer", "i"));
    DocumentMaker.Made made = maker.make(V1_11, Optional.empty());
    assertThat(made.document())
        .isEqualTo(
            new ReleaseDocument(
                V1_11,
                Optional.of(
                    List.of(
                        new CatalogueExtension(
                            "siderolabs/gvisor",
                            registry.prefix() + "gvisor:1",
                            DIGEST,
                            "A",
                            "D"))),
                Optional.of(
                    List.of(
                        new CatalogueOverlay(
                            "rpi",
                            "siderolabs/sbc-rpi",
                            registry.prefix() + "sbc-rpi:v1",
                            DIGEST))),
                Optional.of(
                    new Talosctl(
                        talosctl, List.of("talosctl-linux-amd64", "talosctl-windows-amd64.exe"))),
                new InstallerBase.Image(base),
                new CatalogueImages(Optional.of(extensions), Optional.of(overlays))));
    assertThat(made.passedOver()).containsExactly("my-org/x");
    assertThat(DocumentMaker.isComplete(made.document())).isTrue();
  }

  @Test
  void keepsNoBinaryOfTalosctl() throws IOException {
    registry.push("talosctl-all", "v1.11.0", Map.of("talosctl-linux-amd64", "a binary"));
    assertThat(maker.make(V1_11, Optional.empty()).document().talosctl()).isPresent();
    assertThat(cache.find(Digest.of("a binary".getBytes(StandardCharsets.UTF_8)))).isEmpty();
  }

  @Test
  void readsTheBinariesOfAnImageOnce() throws IOException {
    registry.push("talosctl-all", "v1.11.0", Map.of("talosctl-linux-amd64", "l"));
    ReleaseDocument first = maker.make(V1_11, Optional.empty()).document();
    registry.forgetRequests();
    assertThat(maker.make(V1_11, Optional.of(first)).document()).isEqualTo(first);
    assertThat(registry.requests()).allMatch(request -> request.startsWith("HEAD "));
    registry.push("talosctl-all", "v1.11.0", Map.of("talosctl-linux-arm64", "l"));
    assertThat(maker.make(V1_11, Optional.of(first)).document().talosctl().orElseThrow().files())
        .containsExactly("talosctl-linux-arm64");
  }

  @Test
  void asksForWhatTheVersionMayHaveOnly() throws IOException {
    assertThat(maker.make(V1_6, Optional.empty()).document()).isEqualTo(nothing(V1_6));
    assertThat(registry.requests())
        .containsExactly(
            "HEAD extensions/manifests/v1.6.8 404", "HEAD installer/manifests/v1.6.8 404");
    registry.forgetRequests();
    assertThat(maker.make(V1_11, Optional.empty()).document()).isEqualTo(nothing(V1_11));
    assertThat(registry.requests())
        .containsExactly(
            "HEAD extensions/manifests/v1.11.0 404",
            "HEAD overlays/manifests/v1.11.0 404",
            "HEAD installer-base/manifests/v1.11.0 404",
            "HEAD talosctl-all/manifests/v1.11.0 404");
    assertThat(DocumentMaker.isComplete(nothing(V1_11))).isFalse();
  }

  @Test
  void readsNoTalosctlForPlans() throws IOException {
    registry.push("talosctl-all", "v1.11.0", Map.of("talosctl-linux-amd64", "l"));
    assertThat(maker.catalogues(V1_11).document()).isEqualTo(nothing(V1_11));
    assertThat(registry.requests()).noneMatch(request -> request.contains("talosctl"));
  }

  @Test
  void readsTheSameImageOnce() throws IOException {
    pushExtensions(V1_6, Map.of("image-digests", LINE));
    ReleaseDocument first = maker.make(V1_6, Optional.empty()).document();
    registry.forgetRequests();
    assertThat(maker.make(V1_6, Optional.empty()).document()).isEqualTo(first);
    assertThat(registry.requests()).first().asString().startsWith("HEAD extensions/manifests/");
    assertThat(registry.requests()).noneMatch(request -> request.contains("/blobs/"));
  }

  @Test
  void aSourceThatDoesNotAnswerIsNoMissingCatalogue() throws IOException {
    pushExtensions(V1_9, Map.of("image-digests", LINE));
    registry.setDown("overlays", true);
    assertThatThrownBy(() -> maker.make(V1_9, Optional.empty()))
        .isInstanceOf(SourceException.Unavailable.class);
  }

  @Test
  void aCatalogueWithoutItsListIsAnError() throws IOException {
    Digest image = pushExtensions(V1_9, Map.of("descriptions.yaml", "{}"));
    assertThatThrownBy(() -> maker.make(V1_9, Optional.empty()))
        .isInstanceOf(SourceException.NotFound.class)
        .hasMessage(
            "extensions:v1.9.5@%s: has no file image-digests; check that this version of the image has it"
                .formatted(image));
  }

  @Test
  void saysWhichLineOfWhichImageIsWrong() throws IOException {
    Digest extensions =
        pushExtensions(V1_9, Map.of("image-digests", LINE + "\nghcr.io/siderolabs/x:1@md5:1"));
    assertThatThrownBy(() -> maker.make(V1_9, Optional.empty()))
        .isInstanceOf(CatalogueException.class)
        .hasMessage(
            "extensions:v1.9.5@%s: image-digests, line 2: not a digest: md5:1; what was pushed is broken"
                .formatted(extensions));
    pushExtensions(V1_9, Map.of("image-digests", LINE));
    Digest overlays = registry.push("overlays", "v1.9.5", Map.of("overlays.yaml", "- rpi"));
    assertThatThrownBy(() -> maker.make(V1_9, Optional.empty()))
        .isInstanceOf(CatalogueException.class)
        .hasMessage(
            "overlays:v1.9.5@%s: overlays.yaml: the document is not a mapping; what was pushed is broken"
                .formatted(overlays));
  }

  @Test
  void readsNoFileWithoutEnd() throws IOException {
    Digest image = pushExtensions(V1_9, Map.of("image-digests", "x".repeat((1 << 20) + 1)));
    assertThatThrownBy(() -> maker.make(V1_9, Optional.empty()))
        .isInstanceOf(CatalogueException.class)
        .hasMessage(
            "extensions:v1.9.5@%s: image-digests: 1048577 bytes, at most 1048576; what was pushed is broken"
                .formatted(image));
  }

  private Digest pushExtensions(TalosVersion version, Map<String, String> files)
      throws IOException {
    return registry.push("extensions", version.toString(), files);
  }

  private static ReleaseDocument nothing(TalosVersion version) {
    return new ReleaseDocument(
        version, Optional.empty(), Optional.empty(), Optional.empty(), new InstallerBase.Absent());
  }
}
