package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import imageservice.release.Digest;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlobCacheTest {
  private static final long SEED = 77L;
  private static final long ROOMY = 1L << 30;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir private Path folder = Path.of("unset");

  @Test
  void keepsContentUnderItsDigestWithChecksums() throws IOException {
    byte[] content = random(Checksums.PIECE + 1000);
    try (BlobCache cache = cache(ROOMY)) {
      CachedBlob blob = cache.put(new ByteArrayInputStream(content));
      assertThat(blob.digest()).isEqualTo(Digest.of(content));
      assertThat(blob.bytes(Integer.MAX_VALUE)).isEqualTo(content);
      String hex = blob.digest().hex();
      assertThat(folder.resolve("sha256").resolve(hex.substring(0, 2)).resolve(hex))
          .hasBinaryContent(content);
      assertThat(blob.checksums().crc32()).isEqualTo(crc32(content, 0, content.length));
      assertThat(blob.checksums().crc64()).isEqualTo(crc64(content, 0, content.length));
      assertThat(blob.checksums().pieces())
          .containsExactly(
              new Checksums.Piece(
                  crc32(content, 0, Checksums.PIECE), crc64(content, 0, Checksums.PIECE)),
              new Checksums.Piece(
                  crc32(content, Checksums.PIECE, 1000), crc64(content, Checksums.PIECE, 1000)));
    }
  }

  @Test
  void findsAfterARestartWhatItKept() throws IOException {
    Checksums before;
    try (BlobCache cache = cache(ROOMY)) {
      before = cache.put(stream("content")).checksums();
    }
    try (BlobCache cache = cache(ROOMY)) {
      CachedBlob blob = cache.find(before.digest()).orElseThrow();
      assertThat(blob.checksums()).isEqualTo(before);
      assertThat(cache.size()).isEqualTo(7);
      assertThat(cache.find(Digest.of(new byte[0]))).isEmpty();
    }
  }

  @Test
  void readsAnyRange() throws IOException {
    byte[] content = random(Checksums.PIECE + 5000);
    Random random = new Random(SEED);
    try (BlobCache cache = cache(ROOMY)) {
      CachedBlob blob = cache.put(new ByteArrayInputStream(content));
      for (int round = 0; round < 50; round++) {
        int from = Checksums.PIECE - 5000 + random.nextInt(10_000);
        int count = random.nextInt(content.length - from + 1);
        try (InputStream in = blob.open(from, count)) {
          int skipped = (int) in.skip(random.nextInt(count + 1));
          assertThat(in.readAllBytes())
              .as("seed %d, round %d", SEED, round)
              .isEqualTo(java.util.Arrays.copyOfRange(content, from + skipped, from + count));
        }
      }
      assertThatThrownBy(() -> blob.open(1, content.length))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void fetchesOnceForAllWhoAskAtATime() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    CountDownLatch asked = new CountDownLatch(1);
    byte[] content = random(100_000);
    Digest digest = Digest.of(content);
    try (BlobCache cache = cache(ROOMY);
        ExecutorService executor = Executors.newFixedThreadPool(8)) {
      List<Future<CachedBlob>> blobs = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        blobs.add(
            executor.submit(() ->
                cache.fetch(
                    digest,
                    () -> {
                      opened.incrementAndGet();
                      await(asked);
                      return new ByteArrayInputStream(content);
                    })));
      }
      asked.countDown();
      CachedBlob first = blobs.getFirst().get();
      for (Future<CachedBlob> blob : blobs) {
        assertThat(blob.get()).isSameAs(first);
      }
      assertThat(opened).hasValue(1);
    }
  }

  @Test
  void leavesNothingOfAFetchThatFails() throws IOException {
    byte[] content = random(100_000);
    Digest digest = Digest.of(content);
    try (BlobCache cache = cache(ROOMY)) {
      InputStream broken =
          new java.io.SequenceInputStream(
              new ByteArrayInputStream(content, 0, 70_000),
              new FilterInputStream(InputStream.nullInputStream()) {
                @Override
                public int read(byte[] buffer, int from, int count) throws IOException {
                  throw new IOException("cut");
                }
              });
      assertThatThrownBy(() -> cache.fetch(digest, () -> broken)).hasMessage("cut");
      assertThatThrownBy(() -> cache.fetch(digest, () -> stream("other")))
          .isInstanceOf(SourceException.Tampered.class)
          .hasMessageContaining(digest.value())
          .hasMessageContaining(
              Digest.of("other".getBytes(java.nio.charset.StandardCharsets.UTF_8)).value());
      assertThat(cache.find(digest)).isEmpty();
      assertThat(files()).noneMatch(file -> file.contains("blob-") || file.contains(digest.hex()));
      assertThat(cache.fetch(digest, () -> new ByteArrayInputStream(content)).length())
          .isEqualTo(100_000);
    }
  }

  @Test
  void removesAtStartWhatAnEndedProcessLeft() throws IOException {
    Path left = Files.createDirectories(folder.resolve("incoming/1234"));
    Files.writeString(left.resolve("lock"), "");
    Files.writeString(left.resolve("blob-0"), "half");
    try (BlobCache running = cache(ROOMY);
        Incoming incoming = running.folder().incoming()) {
      assertThat(left).doesNotExist();
      try (BlobCache another = cache(ROOMY)) {
        assertThat(incoming.file()).exists();
        assertThat(another.size()).isZero();
      }
      assertThat(incoming.file()).exists();
    }
    assertThat(folder.resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void failsOnADamagedFileAndFetchesItAgain() throws IOException {
    byte[] content = random(Checksums.PIECE + 1000);
    try (BlobCache cache = cache(ROOMY)) {
      CachedBlob blob = cache.put(new ByteArrayInputStream(content));
      byte[] damaged = content.clone();
      damaged[Checksums.PIECE + 10] ^= 1;
      Files.write(cache.folder().content(blob.digest()), damaged);
      try (InputStream in = blob.open(0, Checksums.PIECE)) {
        assertThat(in.readAllBytes()).hasSize(Checksums.PIECE);
      }
      assertThatThrownBy(() -> blob.writeTo(OutputStream.nullOutputStream()))
          .isInstanceOf(DamagedBlobException.class)
          .hasMessage(
              "cached blob %s: piece 1 of 16 MiB is damaged; ask again to fetch it again"
                  .formatted(blob.digest()));
      assertThat(cache.find(blob.digest())).isEmpty();
      CachedBlob again = cache.fetch(blob.digest(), () -> new ByteArrayInputStream(content));
      assertThat(again.bytes(Integer.MAX_VALUE)).isEqualTo(content);
    }
  }

  @Test
  void failsOnAFileThatShrankOrIsGone() throws IOException {
    try (BlobCache cache = cache(ROOMY)) {
      CachedBlob blob = cache.put(stream("content"));
      Files.writeString(cache.folder().content(blob.digest()), "cont");
      assertThat(cache.find(blob.digest())).isEmpty();
      assertThatThrownBy(blob::open)
          .isInstanceOf(DamagedBlobException.class)
          .hasMessageContaining("has 4 bytes, expected 7");
      assertThatThrownBy(blob::open)
          .isInstanceOf(DamagedBlobException.class)
          .hasMessageContaining("its file is gone");
    }
  }

  @Test
  void believesNoSidecarThatIsDamaged() throws IOException {
    try (BlobCache cache = cache(ROOMY)) {
      CachedBlob blob = cache.put(stream("content"));
      Path content = cache.folder().content(blob.digest());
      Files.writeString(content.resolveSibling(blob.digest().hex() + ".json"), "{\"length\":7}");
      assertThat(cache.find(blob.digest())).isEmpty();
      assertThat(cache.fetch(blob.digest(), () -> stream("content")).length()).isEqualTo(7);
    }
  }

  @Test
  void evictsWhatWasUsedLongestAgo() throws IOException {
    Digest a;
    Digest b;
    Digest c;
    try (BlobCache cache = cache(300)) {
      a = put(cache, 1);
      b = put(cache, 2);
      c = put(cache, 3);
      later();
      assertThat(cache.find(a)).isPresent();
    }
    later();
    try (BlobCache cache = cache(300)) {
      Digest d = put(cache, 4);
      assertThat(cache.size()).isEqualTo(300);
      assertThat(cache.find(b)).isEmpty();
      assertThat(List.of(a, c, d)).allMatch(digest -> isThere(cache, digest));
    }
    try (BlobCache cache = cache(100)) {
      assertThat(cache.size()).isEqualTo(100);
    }
  }

  @Test
  void evictsNothingThatIsHeld() throws IOException {
    Digest first;
    try (BlobCache cache = cache(200)) {
      first = put(cache, 1);
    }
    try (BlobCache cache = cache(200)) {
      CachedBlob held = cache.find(first).orElseThrow();
      later();
      CachedBlob second = cache.put(new ByteArrayInputStream(filled(2)));
      CachedBlob third = cache.put(new ByteArrayInputStream(filled(3)));
      assertThat(cache.size()).isEqualTo(300);
      for (Blob blob : List.of(held, second, third)) {
        assertThat(blob.bytes(100)).hasSize(100);
      }
    }
  }

  @Test
  void saysThatTheDiskIsFull() throws IOException {
    CacheFolder.Disk full =
        new CacheFolder.Disk() {
          @Override
          public OutputStream create(Path file) throws IOException {
            return new FilterOutputStream(Files.newOutputStream(file)) {
              @Override
              public void write(byte[] buffer, int from, int count) throws IOException {
                throw new IOException("any text");
              }
            };
          }

          @Override
          public long room(Path anywhere) {
            return 4096;
          }
        };
    try (BlobCache cache = new BlobCache(folder, ROOMY, now::get, full)) {
      assertThatThrownBy(() -> cache.put(stream("content")))
          .isInstanceOf(IOException.class)
          .hasMessageMatching(
              "the disk of the blob cache is full: 4096 bytes left in .*/incoming/[0-9]+; "
                  + "make room or lower the cache's size");
      assertThat(files()).noneMatch(file -> file.contains("blob-"));
    }
  }

  @Test
  void twoCachesOverOneFolderShareContent() throws IOException {
    try (BlobCache one = cache(ROOMY);
        BlobCache other = cache(ROOMY)) {
      CachedBlob blob = one.put(stream("content"));
      assertThat(other.fetch(blob.digest(), () -> stream("never")).bytes(100)).hasSize(7);
      one.evict(blob);
      assertThat(other.find(blob.digest())).isEmpty();
      assertThat(other.size()).isZero();
    }
  }

  private BlobCache cache(long capacity) throws IOException {
    return new BlobCache(folder, capacity, now::get);
  }

  /// Puts a blob of 100 bytes, a second after the one before, without holding it.
  private Digest put(BlobCache cache, int fill) throws IOException {
    later();
    return cache.put(new ByteArrayInputStream(filled(fill))).digest();
  }

  private void later() {
    now.updateAndGet(instant -> instant.plusSeconds(1));
  }

  private static boolean isThere(BlobCache cache, Digest digest) {
    try {
      return cache.find(digest).isPresent();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).toList();
    }
  }

  private static byte[] filled(int value) {
    byte[] content = new byte[100];
    java.util.Arrays.fill(content, (byte) value);
    return content;
  }

  private static InputStream stream(String content) {
    return new ByteArrayInputStream(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static byte[] random(int length) {
    byte[] content = new byte[length];
    new Random(SEED).nextBytes(content);
    return content;
  }

  private static long crc32(byte[] content, int from, int count) {
    CRC32 crc = new CRC32();
    crc.update(content, from, count);
    return crc.getValue();
  }

  private static long crc64(byte[] content, int from, int count) {
    Crc64 crc = new Crc64();
    crc.update(content, from, count);
    return crc.value();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
