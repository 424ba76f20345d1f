package imageservice.local;

import imageservice.builder.IndexLog;
import imageservice.builder.ReleaseIndexing;
import imageservice.functions.release.IndexerInvocation;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Writes releases' documents on a thread of its own, one after the other; a version that is queued
/// or being written is not queued again.
final class BackgroundIndexing implements IndexerInvocation, AutoCloseable {
  private final ReleaseIndexing indexing;
  private final IndexLog log;
  private final Set<TalosVersion> underway = ConcurrentHashMap.newKeySet();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("release-documents").factory());

  BackgroundIndexing(ReleaseIndexing indexing, IndexLog log) {
    this.indexing = indexing;
    this.log = log;
  }

  @Override
  public void start(TalosVersion version) {
    if (underway.add(version)) {
      thread.execute(() -> write(version));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /// Only logs a failure: a later request for the release asks for its document again.
  private void write(TalosVersion version) {
    try {
      indexing.document(version);
    } catch (IOException | RuntimeException e) {
      log.failed(version, e);
    } finally {
      underway.remove(version);
    }
  }
}
