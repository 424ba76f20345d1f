package imageservice.builder.cache;

import imageservice.formats.compress.Crc64;
import imageservice.release.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.io.TempDir;

/// A cache in a folder of its own, and a clock that goes when it is told.
abstract class BlobCacheFixture {
  static final long SEED = 77L;
  static final long ROOMY = 1L << 30;

  final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir Path folder = Path.of("unset");

  BlobCache cache(long capacity) throws IOException {
    return new BlobCache(folder, capacity, now::get);
  }

  /// Puts a blob of 100 bytes, a second after the one before, without holding it.
  Digest put(BlobCache cache, int fill) throws IOException {
    later();
    return cache.put(new ByteArrayInputStream(filled(fill))).digest();
  }

  void later() {
    now.updateAndGet(instant -> instant.plusSeconds(1));
  }

  static boolean isThere(BlobCache cache, Digest digest) {
    try {
      return cache.find(digest).isPresent();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// The file with a blob's content.
  Path file(Digest digest) {
    return folder.resolve("sha256").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
  }

  Path sidecar(Digest digest) {
    Path file = file(digest);
    return file.resolveSibling(file.getFileName() + ".json");
  }

  /// Changes one bit of a file.
  static void flip(Path file, long bit) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[(int) (bit / Byte.SIZE)] ^= (byte) (1 << bit % Byte.SIZE);
    Files.write(file, content);
  }

  List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).toList();
    }
  }

  static byte[] filled(int value) {
    byte[] content = new byte[100];
    java.util.Arrays.fill(content, (byte) value);
    return content;
  }

  static InputStream stream(String content) {
    return new ByteArrayInputStream(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  static byte[] random(int length) {
    byte[] content = new byte[length];
    new Random(SEED).nextBytes(content);
    return content;
  }

  static long crc32(byte[] content, int from, int count) {
    CRC32 crc = new CRC32();
    crc.update(content, from, count);
    return crc.getValue();
  }

  static long crc64(byte[] content, int from, int count) {
    Crc64 crc = new Crc64();
    crc.update(content, from, count);
    return crc.value();
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
