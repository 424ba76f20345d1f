package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.IndexLog;
import imageservice.builder.ReleaseIndexing;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.DamagedBlobException;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.fetch.UnverifiedAdmitted;
import imageservice.builder.index.DocumentMaker;
import imageservice.builder.index.ReleaseIndexer;
import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.ImageSource;
import imageservice.builder.oci.RawManifest;
import imageservice.builder.oci.Tags;
import imageservice.ledger.MemoryItemTable;
import imageservice.ledger.ReleaseLedger;
import imageservice.release.Digest;
import imageservice.release.Release;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import imageservice.release.VersionPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackgroundIndexingTest {
  private static final TalosVersion VERSION = TalosVersion.of(1, 6, 8);
  private static final TalosVersion UNKNOWN = TalosVersion.of(1, 6, 9);

  /// A source that resolves nothing, once it may.
  private static final class SlowSource implements ImageSource {
    private final CountDownLatch go = new CountDownLatch(1);
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    @Override
    public Tags tags(String repository, Optional<String> validator) {
      return new Tags.Listed(List.of(), Optional.empty());
    }

    @Override
    public Optional<String> prefix() {
      return Optional.empty();
    }

    @Override
    public Digest resolve(String repository, String tag) throws IOException {
      asked.add(repository + ":" + tag);
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      throw new IOException("no answer");
    }

    @Override
    public RawManifest manifest(String repository, Digest digest) {
      throw new IllegalStateException("nothing is resolved");
    }

    @Override
    public InputStream blob(String repository, Descriptor descriptor) {
      throw new IllegalStateException("nothing is resolved");
    }
  }

  private record Failures(BlockingQueue<String> messages) implements IndexLog {
    @Override
    public void documented(TalosVersion version, List<String> passedOver) {}

    @Override
    public void damaged(TalosVersion version, DamagedBlobException damage) {}

    @Override
    public void failed(TalosVersion version, Exception cause) {
      messages.add(version + ": " + cause.getMessage());
    }
  }

  @TempDir Path folder = Path.of("unset");

  @Test
  void writesAVersionOnceForAllWhoAskAndSaysWhatWentWrong() throws Exception {
    SlowSource source = new SlowSource();
    Failures failures = new Failures(new LinkedBlockingQueue<>());
    try (BlobCache cache = new BlobCache(folder, 1 << 20, () -> Instant.EPOCH);
        BackgroundIndexing indexing =
            new BackgroundIndexing(indexing(source, cache, failures), failures)) {
      for (int i = 0; i < 100; i++) {
        indexing.start(VERSION);
      }
      assertThat(source.asked.take()).isEqualTo("extensions:v1.6.8");
      source.go.countDown();
      assertThat(failures.messages().take()).isEqualTo("v1.6.8: no answer");
      indexing.start(UNKNOWN);
      assertThat(failures.messages().take())
          .isEqualTo("v1.6.9: not a version of the index: v1.6.9");
      assertThat(source.asked).isEmpty();
    }
  }

  @Test
  void aVersionThatFailedMayBeAskedForAgain() throws Exception {
    SlowSource source = new SlowSource();
    source.go.countDown();
    Failures failures = new Failures(new LinkedBlockingQueue<>());
    try (BlobCache cache = new BlobCache(folder, 1 << 20, () -> Instant.EPOCH);
        BackgroundIndexing indexing =
            new BackgroundIndexing(indexing(source, cache, failures), failures)) {
      while (source.asked.size() < 2) {
        indexing.start(VERSION);
        Thread.sleep(1);
      }
      assertThat(failures.messages().take()).isEqualTo("v1.6.8: no answer");
    }
  }

  private static ReleaseIndexing indexing(ImageSource source, BlobCache cache, IndexLog log)
      throws IOException {
    ReleaseLedger ledger = new ReleaseLedger(new MemoryItemTable());
    Release release = new Release(VERSION, new Digest("sha256:" + "a".repeat(64)));
    ledger.write(new ReleaseIndex(List.of(release), Optional.empty()));
    OciImages images = new OciImages(source, new UnverifiedAdmitted(), cache);
    return new ReleaseIndexing(
        new ReleaseIndexer(images, new VersionPolicy(VersionPolicy.OLDEST, Set.of())),
        new DocumentMaker(images),
        ledger,
        Optional.empty(),
        () -> Instant.EPOCH,
        Duration.ZERO,
        log);
  }
}
