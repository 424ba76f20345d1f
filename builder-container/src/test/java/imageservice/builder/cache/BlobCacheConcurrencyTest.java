package imageservice.builder.cache;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.release.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Threads that find, put and evict at the same time. A test that waits for ever has failed.
@Timeout(60)
final class BlobCacheConcurrencyTest extends BlobCacheFixture {
  private static final int BLOBS = 3000;
  private static final int THREADS = 8;

  private interface Work {
    void run() throws IOException;
  }

  /// The real disk. Counts the sidecars that are read; one read or one new file waits.
  private static final class WatchedDisk implements CacheFolder.Disk {
    private final CacheFolder.Disk real = CacheFolder.realDisk();
    private final AtomicInteger reads = new AtomicInteger();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger created = new AtomicInteger();
    private volatile String slowRead = "none";
    private volatile int slowFile = -1;

    @Override
    public OutputStream create(Path file) throws IOException {
      if (created.getAndIncrement() == slowFile) {
        pause();
      }
      return real.create(file);
    }

    @Override
    public byte[] read(Path sidecar) throws IOException {
      reads.incrementAndGet();
      if (sidecar.endsWith(slowRead)) {
        pause();
      }
      return real.read(sidecar);
    }

    @Override
    public long room(Path folder) throws IOException {
      return real.room(folder);
    }

    private void pause() {
      reached.countDown();
      await(released);
    }
  }

  @Test
  void readsNoFileToFindBlobsThatAreKnown() throws Exception {
    List<Digest> digests = fill();
    WatchedDisk disk = new WatchedDisk();
    try (BlobCache cache = new BlobCache(folder, ROOMY, now::get, disk)) {
      together(() -> findAll(cache, digests));
      assertThat(disk.reads).hasValue(BLOBS);
      together(() -> findAll(cache, digests));
      assertThat(disk.reads).hasValue(BLOBS);
    }
  }

  @Test
  void readsNoFileToFindWhatItPut() throws IOException {
    WatchedDisk disk = new WatchedDisk();
    try (BlobCache cache = new BlobCache(folder, ROOMY, now::get, disk)) {
      Digest digest = put(cache, 1);
      int before = disk.reads.get();
      assertThat(cache.find(digest)).isPresent();
      assertThat(disk.reads).hasValue(before);
    }
  }

  @Test
  void waitsForNoOtherBlobThatIsBeingRead() throws Exception {
    Digest slow;
    Digest other;
    try (BlobCache cache = cache(ROOMY)) {
      slow = put(cache, 1);
      other = put(cache, 2);
    }
    WatchedDisk disk = new WatchedDisk();
    disk.slowRead = slow.hex() + ".json";
    try (BlobCache cache = new BlobCache(folder, ROOMY, now::get, disk);
        ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Future<Boolean> waiting = executor.submit(() -> isThere(cache, slow));
      disk.reached.await();
      assertThat(cache.find(other)).isPresent();
      assertThat(waiting).isNotDone();
      disk.released.countDown();
      assertThat(waiting.get()).isTrue();
    }
  }

  @Test
  void waitsForNoBlobThatIsBeingPut() throws Exception {
    WatchedDisk disk = new WatchedDisk();
    try (BlobCache cache = new BlobCache(folder, ROOMY, now::get, disk);
        ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Digest known = put(cache, 1);
      disk.slowFile = disk.created.get() + 1; // a put makes two files: content, then its sidecar
      Future<Digest> waiting = executor.submit(() -> put(cache, 2));
      disk.reached.await();
      assertThat(cache.find(known)).isPresent();
      assertThat(waiting).isNotDone();
      disk.released.countDown();
      assertThat(waiting.get()).isEqualTo(Digest.of(filled(2)));
    }
  }

  @Test
  void evictsNothingThatAnyThreadHolds() throws Exception {
    AtomicInteger seeds = new AtomicInteger();
    try (BlobCache cache = cache(500)) {
      together(() -> {
        Random random = new Random(SEED + seeds.getAndIncrement());
        for (int round = 0; round < 300; round++) {
          byte[] content = filled(random.nextInt(20));
          CachedBlob held =
              cache.fetch(Digest.of(content), () -> new ByteArrayInputStream(content));
          put(cache, random.nextInt(20));
          assertThat(held.bytes(100)).isEqualTo(content);
        }
      });
    }
    try (BlobCache cache = cache(500)) {
      assertThat(cache.size()).isEqualTo(500);
    }
  }

  @Test
  void writesTheTimeOfUseOnceAnHourAndAtTheEnd() throws IOException {
    Digest digest;
    Path sidecar;
    try (BlobCache cache = cache(ROOMY)) {
      digest = put(cache, 1);
      sidecar = sidecar(digest);
      FileTime put = Files.getLastModifiedTime(sidecar);
      now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(59)));
      assertThat(cache.find(digest)).isPresent();
      assertThat(Files.getLastModifiedTime(sidecar)).isEqualTo(put);
      now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(1)));
      assertThat(cache.find(digest)).isPresent();
      assertThat(Files.getLastModifiedTime(sidecar)).isEqualTo(FileTime.from(now.get()));
      later();
      assertThat(cache.find(digest)).isPresent();
    }
    assertThat(Files.getLastModifiedTime(sidecar)).isEqualTo(FileTime.from(now.get()));
  }

  private List<Digest> fill() throws IOException {
    List<Digest> digests = new ArrayList<>();
    try (BlobCache cache = cache(ROOMY)) {
      for (int i = 0; i < BLOBS; i++) {
        byte[] content = ByteBuffer.allocate(Integer.BYTES).putInt(i).array();
        digests.add(cache.put(new ByteArrayInputStream(content)).digest());
      }
    }
    return digests;
  }

  private static void findAll(BlobCache cache, List<Digest> digests) throws IOException {
    List<Digest> shuffled = new ArrayList<>(digests);
    Collections.shuffle(shuffled, new Random(SEED));
    for (Digest digest : shuffled) {
      assertThat(cache.find(digest)).isPresent();
    }
  }

  /// The same by all threads at a time.
  private static void together(Work work) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        all.add(
            executor.submit(() -> {
              work.run();
              return true;
            }));
      }
      for (Future<?> each : all) {
        each.get(50, TimeUnit.SECONDS);
      }
    }
  }
}
