package imageservice.builder.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.cache.BlobCache;
import imageservice.builder.fetch.ImageSources;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.fetch.OwnCatalogue;
import imageservice.builder.fetch.UnverifiedAdmitted;
import imageservice.builder.fetch.UnverifiedRefused;
import imageservice.builder.oci.PublicTestRegistry;
import imageservice.builder.oci.SourceException;
import imageservice.release.CatalogueExtension;
import imageservice.release.Digest;
import imageservice.release.ListedCatalogue;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Catalogues of the operator's, before the source's own.
final class OwnCataloguesTest {
  private static final TalosVersion VERSION = TalosVersion.of(1, 9, 5);
  private static final String OFFICIAL = "@sha256:" + "a".repeat(64);
  private static final String MINE = "@sha256:" + "b".repeat(64);
  private static final String YOURS = "@sha256:" + "c".repeat(64);

  @TempDir private Path folder = Path.of("unset");

  @SuppressWarnings("NullAway.Init") // before each test
  private PublicTestRegistry source;

  @SuppressWarnings("NullAway.Init") // before each test
  private PublicTestRegistry mine;

  @SuppressWarnings("NullAway.Init") // before each test
  private PublicTestRegistry yours;

  @SuppressWarnings("NullAway.Init") // before each test
  private BlobCache cache;

  @BeforeEach
  void open() throws IOException {
    source = new PublicTestRegistry(true);
    mine = new PublicTestRegistry(true);
    yours = new PublicTestRegistry(true);
    cache = new BlobCache(folder, 1L << 20, () -> Instant.EPOCH);
    push(source, "ghcr.io/siderolabs/gvisor:1", OFFICIAL, "ghcr.io/siderolabs/zfs:1", OFFICIAL);
  }

  @AfterEach
  void close() throws IOException {
    cache.close();
    List.of(source, mine, yours).forEach(PublicTestRegistry::close);
  }

  private static Digest push(PublicTestRegistry registry, String... lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.length; i += 2) {
      text.append(lines[i]).append(lines[i + 1]).append('\n');
    }
    return registry.push(
        "extensions", VERSION.toString(), Map.of("image-digests", text.toString()));
  }

  private DocumentMaker maker(PublicTestRegistry... own) {
    OciImages images = new OciImages(source.source(), new UnverifiedAdmitted(), cache);
    return new DocumentMaker(
        new ImageSources(
            images,
            List.of(own).stream()
                .map(each ->
                    new OwnCatalogue(
                        each.prefix(), images.beside(each.source(), new UnverifiedAdmitted())))
                .toList()));
  }

  private static List<String> listed(ReleaseDocument document) {
    return document.extensions().orElse(List.of()).stream()
        .map(each -> each.name() + " " + each.digest().hex().charAt(0))
        .toList();
  }

  @Test
  void standBeforeTheOfficialOneAndTheFirstWins() throws IOException {
    Digest first = push(mine, "ghcr.io/my-org/tool:1", MINE, "ghcr.io/siderolabs/zfs:9", MINE);
    push(yours, "ghcr.io/my-org/tool:2", YOURS, "ghcr.io/my-org/other:1", YOURS);
    ReleaseDocument document = maker(mine, yours).catalogues(VERSION).document();
    assertThat(listed(document))
        .containsExactly(
            "my-org/tool b", "siderolabs/zfs b", "my-org/other c", "siderolabs/gvisor a");
    assertThat(document.catalogues())
        .first()
        .isEqualTo(new ListedCatalogue(mine.prefix(), Optional.of(first)));
  }

  /// The prefix stands for the organisation in the names, wherever it leads.
  @Test
  void sayWhereTheirImagesAre() throws IOException {
    push(mine, "ghcr.io/my-org/tool:1", MINE);
    ReleaseDocument document = maker(mine).catalogues(VERSION).document();
    CatalogueExtension tool = document.extension("my-org/tool").orElseThrow();
    assertThat(tool.repository()).contains(mine.prefix() + "tool");
    assertThat(tool.ref()).isEqualTo(mine.prefix() + "tool:1");
    assertThat(document.extension("siderolabs/gvisor").orElseThrow().repository()).isEmpty();
  }

  @Test
  void keepDeeperPaths() {
    Placement placement = Placement.ofOwn("r.example/team/talos/");
    assertThat(
            placement
                .of(TaggedReference.parse("r.example/team/talos/a/b:1").orElseThrow())
                .flatMap(Placement.Place::repository))
        .contains("r.example/team/talos/a/b");
    assertThat(
            placement
                .of(TaggedReference.parse("ghcr.io/org/a/b:1").orElseThrow())
                .flatMap(Placement.Place::repository))
        .contains("r.example/team/talos/a/b");
  }

  @Test
  void mayHaveNothingForARelease() throws IOException {
    ReleaseDocument document = maker(mine).catalogues(VERSION).document();
    assertThat(listed(document)).containsExactly("siderolabs/gvisor a", "siderolabs/zfs a");
    assertThat(document.catalogues())
        .containsExactly(new ListedCatalogue(mine.prefix(), Optional.empty()));
  }

  @Test
  void makeACatalogueWhereTheReleaseHasNone() throws IOException {
    PublicTestRegistry bare = new PublicTestRegistry(true);
    push(mine, "ghcr.io/my-org/tool:1", MINE);
    OciImages images = new OciImages(bare.source(), new UnverifiedAdmitted(), cache);
    DocumentMaker maker =
        new DocumentMaker(
            new ImageSources(
                images,
                List.of(
                    new OwnCatalogue(
                        mine.prefix(), images.beside(mine.source(), new UnverifiedAdmitted())))));
    assertThat(listed(maker.catalogues(VERSION).document())).containsExactly("my-org/tool b");
    bare.close();
  }

  /// By its own policy: that of the source admits everything here.
  @Test
  void areRefusedByTheirOwnPolicy() throws IOException {
    push(mine, "ghcr.io/my-org/tool:1", MINE);
    OciImages images = new OciImages(source.source(), new UnverifiedAdmitted(), cache);
    DocumentMaker maker =
        new DocumentMaker(
            new ImageSources(
                images,
                List.of(
                    new OwnCatalogue(
                        mine.prefix(), images.beside(mine.source(), new UnverifiedRefused())))));
    assertThatThrownBy(() -> maker.catalogues(VERSION))
        .isInstanceOf(SourceException.Untrusted.class);
  }

  @Test
  void areLookedAtAgainWhereTheirTagsMove() throws IOException {
    push(mine, "ghcr.io/my-org/tool:1", MINE);
    ReleaseDocument document = maker(mine).catalogues(VERSION).document();
    assertThat(maker(mine).isOutdated(document)).isFalse();
    push(mine, "ghcr.io/my-org/tool:2", YOURS);
    assertThat(maker(mine).isOutdated(document)).isTrue();
    assertThat(maker(mine).isOfTheseCatalogues(document)).isTrue();
    assertThat(maker().isOfTheseCatalogues(document)).isFalse();
    assertThat(maker(yours).isOfTheseCatalogues(document)).isFalse();
  }
}
