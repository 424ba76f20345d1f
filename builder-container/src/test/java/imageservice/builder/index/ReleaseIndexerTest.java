package imageservice.builder.index;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.cache.BlobCache;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.fetch.UnverifiedAdmitted;
import imageservice.builder.fetch.UnverifiedRefused;
import imageservice.builder.fetch.Verifier;
import imageservice.builder.oci.PublicTestImages;
import imageservice.release.Digest;
import imageservice.release.Release;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import imageservice.release.VersionPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReleaseIndexerTest {
  private static final VersionPolicy POLICY =
      new VersionPolicy(TalosVersion.of(1, 5, 0), Set.of(TalosVersion.of(1, 9, 4)));
  private static final Digest KIT = digest("kit");

  @TempDir Path folder = Path.of("unset");

  @SuppressWarnings("NullAway.Init") // before each test
  private BlobCache cache;

  private final PublicTestImages images = new PublicTestImages();

  @BeforeEach
  void open() throws IOException {
    cache = new BlobCache(folder, 1L << 20, () -> Instant.EPOCH);
  }

  @AfterEach
  void close() throws IOException {
    cache.close();
  }

  @Test
  void listsTheVersionsThatThePolicyOffers() throws IOException {
    for (String tag : List.of("v1.9.5", "v1.9.4", "v1.4.8", "latest", "v1.10.0-beta.1", "v1.5.5")) {
      images.tag(tag, digest(tag));
    }
    assertThat(indexer(new UnverifiedAdmitted()).index(ReleaseIndex.EMPTY, Optional.of(KIT)))
        .isEqualTo(
            new ReleaseIndex(
                List.of(release("v1.5.5"), release("v1.9.5"), release("v1.10.0-beta.1")),
                Optional.of(KIT)));
  }

  @Test
  void asksNotAgainForWhatItKnows() throws IOException {
    images.tag("v1.9.5", digest("moved"));
    images.tag("v1.9.6", digest("v1.9.6"));
    ReleaseIndex before = new ReleaseIndex(List.of(release("v1.9.5")), Optional.of(KIT));
    assertThat(indexer(new UnverifiedAdmitted()).index(before, Optional.empty()))
        .isEqualTo(
            new ReleaseIndex(List.of(release("v1.9.5"), release("v1.9.6")), Optional.empty()));
    assertThat(images.resolved()).isEqualTo(1);
  }

  @Test
  void forgetsWhatTheSourceNoLongerOffers() throws IOException {
    ReleaseIndex before = new ReleaseIndex(List.of(release("v1.9.5")), Optional.empty());
    assertThat(indexer(new UnverifiedAdmitted()).index(before, Optional.empty()))
        .isEqualTo(ReleaseIndex.EMPTY);
  }

  /// Nor does it take the list for read, so that it looks again.
  @Test
  void aTagWithoutAnImageKeepsNoOtherReleaseBack() throws IOException {
    images.tag("v1.9.5", digest("v1.9.5"));
    images.tagWithoutImage("v1.9.6");
    assertThat(indexer(new UnverifiedAdmitted()).index(ReleaseIndex.EMPTY, Optional.empty()))
        .isEqualTo(new ReleaseIndex(List.of(release("v1.9.5")), Optional.empty()));
  }

  /// One version that is not signed keeps none of the others back.
  @Test
  void listsReleasesWithoutReadingAnythingOfThem() throws IOException {
    images.tag("v1.9.5", digest("v1.9.5"));
    assertThat(indexer(new UnverifiedRefused()).index(ReleaseIndex.EMPTY, Optional.empty()))
        .isEqualTo(new ReleaseIndex(List.of(release("v1.9.5")), Optional.empty()));
  }

  private ReleaseIndexer indexer(Verifier verifier) {
    return new ReleaseIndexer(new OciImages(images.source(), verifier, cache), POLICY);
  }

  private static Release release(String version) {
    return new Release(TalosVersion.parse(version).orElseThrow(), digest(version));
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
