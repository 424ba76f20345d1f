package imageservice.builder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a damaged blob, of those who read it, and of the blob that takes its place.
@Timeout(60)
final class DamageTest extends BlobCacheFixture {
  private static final byte[] CONTENT = random(3 * BlockChecks.BLOCK + 7);
  private static final long FLIPPED = 2L * BlockChecks.BLOCK * Byte.SIZE;

  @Test
  void whoeverHoldsADamagedBlobReadsWhatWasFetchedAgain() throws IOException {
    try (BlobCache cache = cache(ROOMY)) {
      CachedBlob held = damaged(cache);
      assertThatThrownBy(() -> held.bytes(CONTENT.length)).isInstanceOf(DamagedBlobException.class);
      CachedBlob again = cache.fetch(held.digest(), () -> new ByteArrayInputStream(CONTENT));
      assertThat(again).isNotSameAs(held);
      assertThat(held.bytes(CONTENT.length)).isEqualTo(CONTENT);
      assertThat(cache.find(held.digest())).containsSame(again);
    }
  }

  /// Two readers have the damaged file open; the second of them notices when it was fetched again.
  @Test
  void aLateReaderEvictsNothingThatWasFetchedSince() throws IOException {
    try (BlobCache cache = cache(ROOMY)) {
      CachedBlob held = damaged(cache);
      try (InputStream late = held.open()) {
        assertThatThrownBy(() -> held.bytes(CONTENT.length))
            .isInstanceOf(DamagedBlobException.class);
        CachedBlob again = cache.fetch(held.digest(), () -> new ByteArrayInputStream(CONTENT));
        assertThatThrownBy(() -> late.transferTo(OutputStream.nullOutputStream()))
            .isInstanceOf(DamagedBlobException.class);
        assertThat(cache.find(held.digest())).containsSame(again);
        assertThat(again.bytes(CONTENT.length)).isEqualTo(CONTENT);
      }
    }
  }

  @Test
  void whatIsPutAgainTakesThePlaceOfWhatIsDamaged() throws IOException {
    try (BlobCache cache = cache(ROOMY)) {
      CachedBlob held = damaged(cache);
      assertThat(cache.put(new ByteArrayInputStream(CONTENT))).isSameAs(held);
      assertThat(held.bytes(CONTENT.length)).isEqualTo(CONTENT);
      assertThat(cache.size()).isEqualTo(CONTENT.length);
      assertThat(files()).noneMatch(file -> file.contains("blob-"));
    }
  }

  /// Such as a copy of the folder with the wrong tool leaves.
  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void whatIsNoFileMakesWayForTheFile(boolean folders, boolean reopened) throws IOException {
    BlobCache cache = cache(ROOMY);
    try {
      CachedBlob blob = fetch(cache);
      SideFiles side = cache.sideFiles("side");
      side.write("name", CONTENT);
      if (reopened) {
        cache.close();
      }
      for (Path file :
          List.of(file(blob.digest()), sidecar(blob.digest()), folder.resolve("side/name"))) {
        replace(file, folders);
      }
      if (reopened) {
        cache = cache(ROOMY);
      }
      BlobCache now = cache;
      assertThat(side.read("name")).isEmpty();
      assertThat(DamageRetry.run(() -> fetch(now).bytes(CONTENT.length), e -> {}))
          .isEqualTo(CONTENT);
      cache.sideFiles("side").write("name", CONTENT);
      assertThat(cache.sideFiles("side").read("name")).contains(CONTENT);
    } finally {
      cache.close();
    }
  }

  /// Puts a folder with a file, or a link to what never ends, in a file's place.
  private static void replace(Path file, boolean isFolder) throws IOException {
    Files.delete(file);
    if (isFolder) {
      Files.writeString(Files.createDirectory(file).resolve("inside"), "x");
    } else {
      Files.createSymbolicLink(file, Path.of("/dev/zero"));
    }
  }

  @Test
  void closesItsFileHoweverReadingEnds() throws IOException {
    try (BlobCache cache = cache(ROOMY)) {
      CachedBlob blob = damaged(cache);
      try (InputStream in = blob.open()) {
        assertThat(openFiles()).hasSize(1);
        assertThatThrownBy(in::readAllBytes).isInstanceOf(DamagedBlobException.class);
      }
      assertThat(openFiles()).isEmpty();
      CachedBlob other = cache.put(stream("content"));
      Files.writeString(file(other.digest()), "longer content");
      assertThatThrownBy(other::open).isInstanceOf(DamagedBlobException.class);
      assertThat(openFiles()).isEmpty();
    }
  }

  @Test
  void readersThatAllNoticeDamageHoldUpNobodyAndLeaveNothingOpen() throws Exception {
    try (BlobCache cache = cache(ROOMY);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 20; round++) {
        flip(file(fetch(cache).digest()), FLIPPED);
        List<Callable<byte[]>> readers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          readers.add(() -> DamageRetry.run(() -> fetch(cache).bytes(CONTENT.length), e -> {}));
        }
        for (Future<byte[]> read : threads.invokeAll(readers)) {
          assertThat(read.get()).isEqualTo(CONTENT);
        }
      }
      assertThat(openFiles()).isEmpty();
      assertThat(cache.size()).isEqualTo(CONTENT.length);
    }
  }

  private static CachedBlob fetch(BlobCache cache) throws IOException {
    return cache.fetch(
        imageservice.release.Digest.of(CONTENT), () -> new ByteArrayInputStream(CONTENT));
  }

  private CachedBlob damaged(BlobCache cache) throws IOException {
    CachedBlob blob = cache.put(new ByteArrayInputStream(CONTENT));
    flip(file(blob.digest()), FLIPPED);
    return blob;
  }

  /// Files of blobs that this process has open, as Linux says.
  private List<Path> openFiles() throws IOException {
    List<Path> open = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path each : descriptors.toList()) {
        if (Files.isSymbolicLink(each)) {
          open.add(Files.readSymbolicLink(each));
        }
      }
    }
    Path blobs = folder.toRealPath().resolve("sha256");
    return open.stream().filter(file -> file.startsWith(blobs)).toList();
  }
}
