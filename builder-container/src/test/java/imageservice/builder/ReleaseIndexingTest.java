package imageservice.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.cache.BlobCache;
import imageservice.builder.fetch.ImageSources;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.fetch.OwnCatalogue;
import imageservice.builder.fetch.UnverifiedAdmitted;
import imageservice.builder.index.CatalogueException;
import imageservice.builder.index.DocumentMaker;
import imageservice.builder.index.ReleaseIndexer;
import imageservice.builder.oci.PublicTestRegistry;
import imageservice.builder.oci.SourceException;
import imageservice.ledger.ItemTable;
import imageservice.ledger.MemoryItemTable;
import imageservice.ledger.ReleaseLedger;
import imageservice.release.Digest;
import imageservice.release.ListedCatalogue;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import imageservice.release.VersionPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReleaseIndexingTest {
  private static final TalosVersion OLD = TalosVersion.of(1, 5, 5);
  private static final TalosVersion MIDDLE = TalosVersion.of(1, 6, 7);
  private static final TalosVersion NEW = TalosVersion.of(1, 6, 8);
  private static final Digest KIT = new Digest("sha256:" + "b".repeat(64));
  private static final Duration BUDGET = Duration.ofSeconds(10);
  private static final VersionPolicy POLICY = new VersionPolicy(VersionPolicy.OLDEST, Set.of());

  @TempDir Path folder = Path.of("unset");

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final MemoryItemTable table = new MemoryItemTable();
  private final ReleaseLedger ledger = new ReleaseLedger(table);
  private Duration pace = Duration.ZERO;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  @Test
  void asksOnceWhereNothingChanged() throws IOException {
    PublicTestRegistry registry = registry(true);
    ReleaseIndexing indexing = indexing(registry, POLICY);
    indexing.run();
    long revision = revision();
    registry.forgetRequests();
    indexing.run();
    assertThat(registry.requests()).containsExactly("GET imager/tags/list 304");
    assertThat(revision()).isEqualTo(revision);
  }

  @Test
  void tellsTheLogOfEveryRunThatReachedTheSource() throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    PublicTestRegistry registry = registry(true);
    ReleaseIndexing indexing =
        indexing(
            registry, POLICY, IndexLog.json(new PrintStream(lines, true, StandardCharsets.UTF_8)));
    indexing.run();
    indexing.run();
    assertThat(lines.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(line -> line.equals("{\"event\":\"index\",\"releases\":3}"))
        .hasSize(2);
  }

  @Test
  void comparesTheListWhereTheServerHasNoEntityTags() throws IOException {
    PublicTestRegistry registry = registry(false);
    ReleaseIndexing indexing = indexing(registry, POLICY);
    indexing.run();
    long revision = revision();
    registry.forgetRequests();
    indexing.run();
    assertThat(registry.requests()).containsExactly("GET imager/tags/list 200");
    assertThat(revision()).isEqualTo(revision);
  }

  @Test
  void looksAgainWhereThePolicyChanged() throws IOException {
    PublicTestRegistry registry = registry(true);
    indexing(registry, POLICY).run();
    indexing(registry, new VersionPolicy(VersionPolicy.OLDEST, Set.of(OLD))).run();
    assertThat(ledger.read().versions()).containsExactly(MIDDLE, NEW);
    indexing(registry, POLICY).run();
    assertThat(ledger.read().versions()).containsExactly(OLD, MIDDLE, NEW);
  }

  @Test
  void findsANewReleaseAndAsksForNothingElse() throws IOException {
    PublicTestRegistry registry = registry(true);
    ReleaseIndexing indexing = indexing(registry, POLICY);
    indexing.run();
    push(registry, "v1.6.9");
    registry.forgetRequests();
    events.clear();
    indexing.run();
    assertThat(events).containsExactly("v1.6.9 []");
    assertThat(registry.requests())
        .startsWith("GET imager/tags/list 200", "HEAD imager/manifests/v1.6.9 200")
        .allMatch(request -> request.contains("v1.6.9") || !request.startsWith("HEAD"));
  }

  @Test
  void writesTheNewestDocumentsFirstUntilItsTimeIsUp() throws IOException {
    ReleaseIndexing indexing = indexing(registry(true), POLICY);
    pace = BUDGET.dividedBy(2);
    indexing.run();
    assertThat(events).containsExactly("v1.6.8 []", "v1.6.7 []");
    assertThat(ledger.document(OLD)).isEmpty();
    assertThat(ledger.read().documented()).containsExactlyInAnyOrder(MIDDLE, NEW);
    indexing.run();
    assertThat(events).containsExactly("v1.6.8 []", "v1.6.7 []", "v1.5.5 []");
    assertThat(ledger.document(OLD)).isPresent();
  }

  @Test
  void aBrokenCatalogueStopsNoOther() throws IOException {
    PublicTestRegistry registry = registry(true);
    registry.push("extensions", "v1.6.7", Map.of("image-digests", "x@y"));
    ReleaseIndexing indexing = indexing(registry, POLICY);
    indexing.run();
    assertThat(events)
        .containsExactly("v1.6.8 []", "v1.6.7 failed: CatalogueException", "v1.5.5 []");
    assertThat(ledger.document(MIDDLE)).isEmpty();
    assertThatThrownBy(() -> indexing.document(MIDDLE)).isInstanceOf(CatalogueException.class);
    assertThat(ledger.indexingFailure(MIDDLE, now.get()).orElseThrow())
        .startsWith("extensions:v1.6.7@sha256:");
    registry.push("extensions", "v1.6.7", Map.of("image-digests", ""));
    indexing.run();
    assertThat(ledger.document(MIDDLE)).isPresent();
  }

  @Test
  void aSourceThatDoesNotAnswerIsTriedAgain() throws IOException {
    PublicTestRegistry registry = registry(true);
    ReleaseIndexing indexing = indexing(registry, POLICY);
    registry.setDown("extensions", true);
    indexing.run();
    assertThat(events).containsExactly("v1.6.8 failed: Unavailable");
    registry.setDown("extensions", false);
    registry.setDown("imager", true);
    assertThatThrownBy(indexing::run).isInstanceOf(SourceException.Unavailable.class);
    assertThat(ledger.read().versions()).hasSize(3);
    registry.setDown("imager", false);
    indexing.run();
    assertThat(ledger.document(NEW)).isPresent();
  }

  @Test
  void waitsForTheCataloguesOfTheNewestReleases() throws IOException {
    PublicTestRegistry registry = registry(true);
    registry.push("imager", "v1.7.0", Map.of("a", "v1.7.0"));
    registry.push("imager", "v1.4.0", Map.of("a", "v1.4.0"));
    ReleaseIndexing indexing = indexing(registry, POLICY);
    indexing.run();
    assertThat(ledger.document(TalosVersion.of(1, 7, 0)).orElseThrow().extensions()).isEmpty();
    assertThat(ledger.read().documented())
        .containsExactlyInAnyOrder(TalosVersion.of(1, 4, 0), OLD, MIDDLE, NEW);
    registry.push("extensions", "v1.7.0", Map.of("image-digests", ""));
    registry.push("overlays", "v1.7.0", Map.of("overlays.yaml", "overlays: []"));
    registry.push("installer", "v1.7.0", Map.of("usr/bin/installer", "i"));
    indexing.run();
    assertThat(ledger.document(TalosVersion.of(1, 7, 0)).orElseThrow().extensions()).isPresent();
    assertThat(ledger.read().documented()).hasSize(5);
  }

  @Test
  void completesDocumentsThatCameTooEarly() throws IOException {
    PublicTestRegistry registry = registry(true);
    TalosVersion early = TalosVersion.of(1, 7, 0);
    registry.push("imager", "v1.7.0", Map.of("a", "v1.7.0"));
    ReleaseIndexing indexing = indexing(registry, POLICY);
    indexing.renew();
    indexing.complete();
    assertThat(events).isEmpty();
    indexing.document(early);
    registry.push("extensions", "v1.7.0", Map.of("image-digests", ""));
    registry.push("overlays", "v1.7.0", Map.of("overlays.yaml", "overlays: []"));
    registry.push("installer", "v1.7.0", Map.of("usr/bin/installer", "i"));
    indexing.complete();
    assertThat(ledger.document(early).orElseThrow().overlays()).isPresent();
    indexing.complete();
    assertThat(events).containsExactly("v1.7.0 []", "v1.7.0 []");
  }

  @Test
  void takesADocumentThatIsThere() throws IOException {
    PublicTestRegistry registry = registry(true);
    ReleaseIndexing indexing = indexing(registry, POLICY);
    indexing.renew();
    function(indexing, "{\"version\":\"v1.6.8\"}");
    assertThat(events).containsExactly("v1.6.8 []");
    indexing.run();
    assertThat(events).containsExactly("v1.6.8 []", "v1.6.7 []", "v1.5.5 []");
  }

  @Test
  void refusesADocumentThatNoTableTakes() throws IOException {
    PublicTestRegistry registry = registry(true);
    String line = "ghcr.io/siderolabs/x:1@" + KIT;
    registry.push(
        "extensions",
        "v1.6.8",
        Map.of(
            "image-digests",
            line,
            "descriptions.yaml",
            line + ": {author: " + "x".repeat(ItemTable.LARGEST_TEXT) + "}"));
    ReleaseIndexing indexing = indexing(registry, POLICY);
    indexing.renew();
    assertThatThrownBy(() -> indexing.document(NEW))
        .isInstanceOf(IOException.class)
        .hasMessage("the document of v1.6.8 has 380392 bytes, at most 380000");
    assertThat(ledger.document(NEW)).isEmpty();
  }

  @Test
  void theSchedulesEventsAskForALook() throws IOException {
    ReleaseIndexing indexing = indexing(registry(true), POLICY);
    function(indexing, "{\"version\":\"0\",\"source\":\"aws.events\"}");
    assertThat(ledger.read().versions()).hasSize(3);
    assertThat(ledger.read().grubKit()).contains(KIT);
    function(indexing, "{}");
  }

  @Test
  void refusesOtherEvents() throws IOException {
    ReleaseIndexing indexing = indexing(registry(true), POLICY);
    assertRefused(indexing, "{\"version\":\"x\"}", "not a Talos version: x");
    assertRefused(indexing, "{\"version\":1}", "not an event: version: not a text");
    assertRefused(indexing, "[]", "not an event: not a JSON object");
    assertRefused(indexing, "{\"version\":\"v1.6.8\"}", "not a version of the index: v1.6.8");
    assertThat(ledger.read()).isEqualTo(ReleaseIndex.EMPTY);
  }

  private void assertRefused(ReleaseIndexing indexing, String event, String message) {
    assertThatThrownBy(() -> function(indexing, event))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private void function(ReleaseIndexing indexing, String event) throws IOException {
    new IndexFunction(() -> indexing, () -> ledger, () -> Instant.EPOCH, IndexLog.NONE)
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
            OutputStream.nullOutputStream(),
            null);
  }

  /// With three releases and their catalogues.
  private PublicTestRegistry registry(boolean hasEtags) throws IOException {
    PublicTestRegistry registry = new PublicTestRegistry(hasEtags);
    opened.add(registry);
    for (String version : List.of("v1.5.5", "v1.6.7", "v1.6.8")) {
      push(registry, version);
    }
    return registry;
  }

  private static void push(PublicTestRegistry registry, String version) throws IOException {
    registry.push("imager", version, Map.of("a", version));
    registry.push("extensions", version, Map.of("image-digests", "", "version", version));
    registry.push("installer", version, Map.of("version", version));
  }

  private ReleaseIndexing indexing(PublicTestRegistry registry, VersionPolicy policy)
      throws IOException {
    return indexing(
        registry,
        policy,
        new IndexEvents(events, () -> now.updateAndGet(instant -> instant.plus(pace))));
  }

  private ReleaseIndexing indexing(PublicTestRegistry registry, VersionPolicy policy, IndexLog log)
      throws IOException {
    BlobCache cache = new BlobCache(folder, 1L << 20, now::get);
    opened.addFirst(cache);
    OciImages images = new OciImages(registry.source(), new UnverifiedAdmitted(), cache);
    return new ReleaseIndexing(
        new ReleaseIndexer(images, policy),
        new DocumentMaker(images),
        ledger,
        Optional.of(KIT),
        now::get,
        BUDGET,
        log);
  }

  /// Documents are made again where the operator names another catalogue, and where a catalogue's
  /// tag moves for a release that people still install.
  @Test
  void followsTheOperatorsCatalogues() throws IOException {
    PublicTestRegistry registry = registry(true);
    PublicTestRegistry own = new PublicTestRegistry(true);
    opened.addFirst(own);
    indexing(registry, POLICY).run();
    assertThat(ledger.document(OLD).orElseThrow().catalogues()).isEmpty();
    own.push("extensions", NEW.toString(), Map.of("image-digests", ""));
    indexing(registry, own).run();
    for (TalosVersion version : List.of(OLD, MIDDLE, NEW)) {
      assertThat(ledger.document(version).orElseThrow().catalogues())
          .extracting(ListedCatalogue::prefix)
          .containsExactly(own.prefix());
    }
    Optional<Digest> first = ledger.document(NEW).orElseThrow().catalogues().getFirst().image();
    own.push("extensions", NEW.toString(), Map.of("image-digests", "", "more", ""));
    indexing(registry, own).run();
    assertThat(ledger.document(NEW).orElseThrow().catalogues().getFirst().image())
        .isPresent()
        .isNotEqualTo(first);
    indexing(registry, POLICY).complete();
    assertThat(ledger.document(OLD).orElseThrow().catalogues()).isEmpty();
  }

  private ReleaseIndexing indexing(PublicTestRegistry registry, PublicTestRegistry own)
      throws IOException {
    BlobCache cache = new BlobCache(folder, 1L << 20, now::get);
    opened.addFirst(cache);
    OciImages images = new OciImages(registry.source(), new UnverifiedAdmitted(), cache);
    OwnCatalogue catalogue =
        new OwnCatalogue(own.prefix(), images.beside(own.source(), new UnverifiedAdmitted()));
    return new ReleaseIndexing(
        new ReleaseIndexer(images, POLICY),
        new DocumentMaker(new ImageSources(images, List.of(catalogue))),
        ledger,
        Optional.of(KIT),
        now::get,
        BUDGET,
        new IndexEvents(events, () -> now.updateAndGet(instant -> instant.plus(pace))));
  }

  private long revision() {
    return table.find("releases").orElseThrow().revision();
  }
}
