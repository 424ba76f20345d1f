package imageservice.builder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import imageservice.release.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class BlobCacheTest extends BlobCacheFixture {
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
      assertThat(blob.checksums().blocks().count()).isEqualTo(257);
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

  /// A start that is killed while it removes what another left is followed by one that goes on.
  @Test
  void anAbandonedFolderKeepsItsLockUntilAllElseIsGone() throws IOException {
    Path abandoned = Files.createDirectories(folder.resolve("incoming/abandoned"));
    Files.createFile(abandoned.resolve("lock"));
    Path stubborn = Files.createDirectories(abandoned.resolve("work-0/file"));
    assertThatThrownBy(() -> cache(ROOMY)).isInstanceOf(DirectoryNotEmptyException.class);
    assertThat(abandoned.resolve("lock")).exists();
    Files.delete(stubborn);
    cache(ROOMY).close();
    assertThat(abandoned).doesNotExist();
  }

  @Test
  void refusesARangeThatIsNotWithinTheBlob() throws IOException {
    try (BlobCache cache = cache(ROOMY)) {
      CachedBlob blob = cache.put(stream("content"));
      assertThatThrownBy(() -> blob.open(1, 7)).isInstanceOf(IllegalArgumentException.class);
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
}
