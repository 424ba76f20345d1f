package imageservice.builder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.release.Digest;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class BlobCacheFailureTest extends BlobCacheFixture {
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
          .isInstanceOf(DamagedBlobException.class)
          .hasMessage(
              "cached blob %s: the digest of what came is %s; the next attempt fetches it again"
                  .formatted(
                      digest,
                      Digest.of("other".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
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
    byte[] content = random(BlockChecks.BLOCK + 1000);
    try (BlobCache cache = cache(ROOMY)) {
      CachedBlob blob = cache.put(new ByteArrayInputStream(content));
      byte[] damaged = content.clone();
      damaged[BlockChecks.BLOCK + 10] ^= 1;
      Files.write(cache.folder().content(blob.digest()), damaged);
      try (InputStream in = blob.open(0, BlockChecks.BLOCK)) {
        assertThat(in.readAllBytes()).hasSize(BlockChecks.BLOCK);
      }
      assertThatThrownBy(() -> blob.writeTo(OutputStream.nullOutputStream()))
          .isInstanceOf(DamagedBlobException.class)
          .hasMessage(
              "cached blob %s: bytes 65536 to 66535 are damaged; the next attempt fetches it again"
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
      assertThatThrownBy(blob::open)
          .isInstanceOf(DamagedBlobException.class)
          .hasMessageContaining("has 4 bytes, expected 7");
      assertThat(cache.find(blob.digest())).isEmpty();
      assertThatThrownBy(blob::open)
          .isInstanceOf(DamagedBlobException.class)
          .hasMessageContaining("its file is gone");
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
          public byte[] read(Path sidecar) throws IOException {
            return Files.readAllBytes(sidecar);
          }

          @Override
          public long room(Path anywhere) {
            return 4096;
          }
        };
    try (BlobCache cache = new BlobCache(folder, ROOMY, now::get, full)) {
      assertThatThrownBy(() -> cache.put(stream("content")))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "the disk of the blob cache is full: 4096 bytes left; make room or lower the cache's"
                  + " size");
      assertThat(files()).noneMatch(file -> file.contains("blob-"));
    }
  }
}
