package imageservice.builder;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.cache.BlobCache;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.fetch.UnverifiedAdmitted;
import imageservice.builder.index.DocumentMaker;
import imageservice.builder.index.ReleaseIndexer;
import imageservice.builder.oci.PublicTestImages;
import imageservice.ledger.MemoryItemTable;
import imageservice.ledger.ReleaseLedger;
import imageservice.release.Digest;
import imageservice.release.TalosVersion;
import imageservice.release.VersionPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReleaseIndexingDamageTest {
  private static final TalosVersion VERSION = TalosVersion.of(1, 6, 8);
  private static final String CATALOGUE =
      "registry.example/siderolabs/x:1@sha256:" + "b".repeat(64) + "\n";

  @TempDir Path folder = Path.of("unset");

  private final List<String> events = new ArrayList<>();
  private final ReleaseLedger ledger = new ReleaseLedger(new MemoryItemTable());

  @Test
  void makesADocumentAgainWhereItsCatalogueIsDamaged() throws IOException {
    PublicTestImages images = new PublicTestImages();
    images.tag("v1.6.8", images.image(Map.of("image-digests", CATALOGUE)));
    try (BlobCache cache = new BlobCache(folder, 1L << 20, () -> Instant.EPOCH)) {
      ReleaseIndexing indexing =
          indexing(new OciImages(images.source(), new UnverifiedAdmitted(), cache));
      indexing.renew();
      indexing.document(VERSION);
      Digest catalogue = Digest.of(CATALOGUE.getBytes(StandardCharsets.UTF_8));
      Files.writeString(file(catalogue), CATALOGUE.replace("x:1", "y:1"));
      indexing.document(VERSION);
      assertThat(events).containsExactly("v1.6.8 []", "v1.6.8 damaged: " + catalogue, "v1.6.8 []");
      assertThat(
              ledger.document(VERSION).orElseThrow().extensions().orElseThrow().getFirst().name())
          .isEqualTo("siderolabs/x");
    }
  }

  private Path file(Digest digest) {
    return folder.resolve("sha256").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
  }

  private ReleaseIndexing indexing(OciImages images) {
    return new ReleaseIndexing(
        new ReleaseIndexer(images, new VersionPolicy(VersionPolicy.OLDEST, Set.of())),
        new DocumentMaker(images),
        ledger,
        Optional.empty(),
        () -> Instant.EPOCH,
        Duration.ofSeconds(10),
        new IndexEvents(events, () -> {}));
  }
}
