package imageservice.builder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.FileBlob;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DerivedBlobsTest {
  @TempDir Path folder = Path.of("unset");

  private final AtomicInteger made = new AtomicInteger();

  @Test
  void makesOnceAndKeeps() throws IOException {
    try (BlobCache cache = cache(1000)) {
      Derived derived = new DerivedBlobs(cache);
      assertThat(derived.of("a", this::make).bytes(9)).asString().isEqualTo("made 1");
      assertThat(derived.of("a", this::make).bytes(9)).asString().isEqualTo("made 1");
      assertThat(derived.of("b", this::make).bytes(9)).asString().isEqualTo("made 2");
    }
    try (BlobCache cache = cache(1000)) {
      assertThat(new DerivedBlobs(cache).of("a", this::make).bytes(9))
          .asString()
          .isEqualTo("made 1");
    }
    assertThat(made).hasValue(2);
  }

  @Test
  void makesAgainWhatWasEvicted() throws IOException {
    try (BlobCache cache = cache(1000)) {
      made("a", new DerivedBlobs(cache));
    }
    cache(0).close();
    try (BlobCache cache = cache(1000)) {
      assertThat(new DerivedBlobs(cache).of("a", this::make).bytes(9))
          .asString()
          .isEqualTo("made 2");
    }
  }

  @Test
  void makesAgainWhereTheNamesFileIsDamaged() throws IOException {
    try (BlobCache cache = cache(1000)) {
      Derived derived = new DerivedBlobs(cache);
      made("a", derived);
      Files.write(files("derived").getFirst(), new byte[] {(byte) 0xC3, 0x28});
      assertThat(derived.of("a", this::make).bytes(9)).asString().isEqualTo("made 2");
    }
  }

  @Test
  void believesNoNamesFileOfTheVersionBefore() throws IOException {
    try (BlobCache cache = cache(1000)) {
      Derived derived = new DerivedBlobs(cache);
      made("a", derived);
      Path name = files("derived").getFirst();
      Files.writeString(name, Digest.of("made 0".getBytes(StandardCharsets.UTF_8)).value());
      assertThat(derived.of("a", this::make).bytes(9)).asString().isEqualTo("made 2");
    }
  }

  @Test
  void makesAgainWhatTurnsOutDamaged() throws IOException {
    try (BlobCache cache = cache(1000)) {
      Derived derived = new DerivedBlobs(cache);
      Blob first = derived.of("a", this::make);
      Path content =
          files("sha256").stream()
              .filter(file -> !file.toString().endsWith(".json"))
              .findFirst()
              .orElseThrow();
      Files.writeString(content, "Made 1");
      assertThatThrownBy(() -> first.bytes(9)).isInstanceOf(DamagedBlobException.class);
      assertThat(derived.of("a", this::make).bytes(9)).asString().isEqualTo("made 2");
    }
  }

  @Test
  void makesOnceForAllWhoAsk() throws Exception {
    try (BlobCache cache = cache(1000);
        ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
      Derived derived = new DerivedBlobs(cache);
      Callable<Blob> ask =
          () ->
              derived.of(
                  "a",
                  workspace -> {
                    LockSupport.parkNanos(50_000_000);
                    return make(workspace);
                  });
      for (Future<Blob> each : asking.invokeAll(List.of(ask, ask, ask, ask))) {
        assertThat(each.get().bytes(9)).asString().isEqualTo("made 1");
      }
    }
  }

  @Test
  void keepsNothingOfAFailure() throws IOException {
    try (BlobCache cache = cache(1000)) {
      Derived derived = new DerivedBlobs(cache);
      assertThatThrownBy(() ->
              derived.of(
                  "a",
                  workspace -> {
                    make(workspace);
                    throw new IOException("never");
                  }))
          .hasMessage("never");
      assertThat(work()).isEmpty();
      assertThat(derived.of("a", this::make).bytes(9)).asString().isEqualTo("made 2");
      assertThat(work()).isEmpty();
    }
  }

  @Test
  void keepsNothingWhereNothingIsKept() throws IOException {
    Derived derived = Derived.afresh();
    assertThat(derived.of("a", this::make).bytes(9)).asString().isEqualTo("made 1");
    assertThat(derived.of("a", this::make).bytes(9)).asString().isEqualTo("made 2");
  }

  @Test
  void aWorkspaceLeavesNothing() throws IOException {
    Path file;
    Path other;
    try (Workspace workspace = Workspace.temporary()) {
      file = workspace.newFile();
      other = workspace.newFile();
      assertThat(file).doesNotExist().isNotEqualTo(other);
      Files.writeString(file, "x");
    }
    assertThat(file.getParent()).doesNotExist();
  }

  private void made(String name, Derived derived) throws IOException {
    assertThat(derived.of(name, this::make).length()).isEqualTo(6);
  }

  private Blob make(Workspace workspace) throws IOException {
    Path file = workspace.newFile();
    Files.writeString(file, "made " + made.incrementAndGet());
    return new FileBlob(file);
  }

  /// Files of workspaces.
  private List<Path> work() throws IOException {
    return files("incoming").stream()
        .filter(file -> file.getFileName().toString().startsWith("work-"))
        .toList();
  }

  private List<Path> files(String below) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(below))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private BlobCache cache(long capacity) throws IOException {
    return new BlobCache(folder, capacity, () -> Instant.EPOCH);
  }
}
