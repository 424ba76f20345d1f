package imageservice.builder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.ledger.StoredObject;
import imageservice.release.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every sink keeps.
public abstract class AssetSinkContract {
  protected static final int MIB = 1 << 20;
  protected static final AssetSink.Target TARGET =
      new AssetSink.Target(
          "g1/image/id/v1.9.5/a.iso", "application/x-iso9660-image", "a.iso", true);
  protected static final AssetSink.Progress IGNORED = bytes -> {};

  /// An object as a client gets it.
  ///
  /// @param sha256 of its bytes
  public record Kept(
      long size, String sha256, String mediaType, String disposition, String cacheControl) {}

  /// Fewer buffers than large content has parts.
  protected static final PartBuffers BUFFERS = new PartBuffers(3);

  protected abstract AssetSink sink();

  protected abstract Optional<Kept> find(String key) throws IOException;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10 * MIB, 10 * MIB + 1, 40 * MIB})
  void keepsContentOfAnySize(int size) throws IOException {
    Blob content = content(size);
    List<Long> progress = new ArrayList<>();
    StoredObject stored = sink().put(TARGET, content, progress::add);
    assertThat(stored).isEqualTo(stored(content));
    assertThat(find(TARGET.key()))
        .contains(
            new Kept(
                size,
                sha256(content),
                "application/x-iso9660-image",
                "attachment; filename=\"a.iso\"",
                "public, max-age=31536000, immutable"));
    assertThat(progress).isSorted();
    if (size > 0) {
      assertThat(progress.getLast()).isEqualTo(size);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, MIB, 40 * MIB})
  void closesWhatItOpens(int size) throws IOException {
    Failing content = new Failing(content(size), Long.MAX_VALUE, new IOException("never"));
    sink().put(TARGET, content, IGNORED);
    sink().put(TARGET, content, IGNORED);
    assertThat(content.open).hasValue(0);
  }

  @Test
  void tellsWhetherAnObjectIsThere() throws IOException {
    AssetSink.Target target = new AssetSink.Target("g1/there", "text/plain", "there");
    assertThat(sink().has(target.key(), 1)).isFalse();
    sink().put(target, Blob.of("x"), IGNORED);
    assertThat(sink().has(target.key(), 1)).isTrue();
    assertThat(sink().has(target.key(), 2)).isFalse();
  }

  @Test
  void keepsTheFirstOfTwo() throws IOException {
    for (int size : new int[] {10, 17 * MIB}) {
      AssetSink.Target target =
          new AssetSink.Target("twice/" + size, "application/octet-stream", "a", true);
      sink().put(target, content(size), IGNORED);
      Blob other = Blob.concatenation(Blob.of("other"), Blob.slice(content(size), 0, size - 5));
      assertThat(sink().put(target, other, IGNORED).digest().hex()).isEqualTo(sha256(other));
      assertThat(find(target.key()).orElseThrow().sha256()).isEqualTo(sha256(content(size)));
    }
  }

  @Test
  void replacesAnObjectOfAnotherSize() throws IOException {
    for (int size : new int[] {10, 17 * MIB}) {
      AssetSink.Target target =
          new AssetSink.Target("cut/" + size, "application/octet-stream", "a");
      sink().put(target, Blob.slice(content(size), 0, size / 2), IGNORED);
      sink().put(target, content(size), IGNORED);
      assertThat(find(target.key()).orElseThrow().sha256()).isEqualTo(sha256(content(size)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {MIB, 17 * MIB})
  void allWritersAtOnceSucceedAndOneObjectIsThere(int size) throws Exception {
    int writers = 3;
    CyclicBarrier start = new CyclicBarrier(writers);
    Blob content = content(size);
    Callable<StoredObject> write =
        () -> {
          start.await();
          return sink().put(TARGET, content, IGNORED);
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      for (Future<StoredObject> stored :
          threads.invokeAll(java.util.Collections.nCopies(writers, write))) {
        assertThat(outcome(stored)).isEqualTo(stored(content));
      }
    }
    assertThat(find(TARGET.key()).orElseThrow().sha256()).isEqualTo(sha256(content));
  }

  private static StoredObject outcome(Future<StoredObject> stored) throws InterruptedException {
    try {
      return stored.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {MIB, 20 * MIB})
  void leavesNothingOfContentThatFails(int failsAt) throws IOException {
    EOFException failure = new EOFException("the disk ended");
    Failing content = new Failing(content(40 * MIB), failsAt, failure);
    Blob whole = failsAt == MIB ? Blob.slice(content, 0, 2 * MIB) : content;
    assertThatThrownBy(() -> sink().put(TARGET, whole, IGNORED)).isSameAs(failure);
    assertThat(content.failures).as("not read again").hasValue(1);
    assertThat(content.open).as("streams that nobody closed").hasValue(0);
    assertThat(find(TARGET.key())).isEmpty();
  }

  @Test
  void endsWhereProgressIsRefused() throws IOException {
    IOException enough = new IOException("somebody else is at it");
    assertThatThrownBy(() ->
            sink()
                .put(
                    TARGET,
                    content(20 * MIB),
                    bytes -> {
                      if (bytes > 17 * MIB) {
                        throw enough;
                      }
                    }))
        .isSameAs(enough);
    assertThat(find(TARGET.key())).isEmpty();
  }

  @Test
  void passesADefectOfTheContentOn() throws IOException {
    IllegalStateException defect = new IllegalStateException("a defect");
    Blob content =
        new Blob() {
          @Override
          public long length() {
            return 100;
          }

          @Override
          public InputStream open(long offset, long length) {
            throw defect;
          }
        };
    assertThatThrownBy(() -> sink().put(TARGET, content, IGNORED)).isSameAs(defect);
    assertThat(find(TARGET.key())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 70 * MIB})
  void copies(int size) throws IOException {
    AssetSink.Target from = new AssetSink.Target("from", "application/octet-stream", "b");
    sink().put(from, content(size), IGNORED);
    assertThat(sink().copy("from", size, TARGET)).isTrue();
    Kept kept = find(TARGET.key()).orElseThrow();
    assertThat(kept.size()).isEqualTo(size);
    assertThat(kept.sha256()).isEqualTo(sha256(content(size)));
    assertThat(kept.mediaType()).isEqualTo("application/x-iso9660-image");
    assertThat(kept.disposition()).isEqualTo("attachment; filename=\"a.iso\"");
    assertThat(kept.cacheControl()).isEqualTo("public, max-age=31536000, immutable");
  }

  @Test
  void saysWhereThereIsNothingToCopy() throws IOException {
    assertThat(sink().copy("missing", 1000, TARGET)).isFalse();
    AssetSink.Target from = new AssetSink.Target("cut", "application/octet-stream", "b");
    sink().put(from, content(999), IGNORED);
    assertThat(sink().copy("cut", 1000, TARGET)).isFalse();
    assertThat(find(TARGET.key())).isEmpty();
  }

  protected static Blob content(int size) {
    byte[] pattern = new byte[65_537];
    new java.util.Random(size).nextBytes(pattern);
    Blob part = Blob.of(pattern);
    Extents.Builder all = Extents.builder();
    for (int left = size; left > 0; left -= pattern.length) {
      all.add(Blob.slice(part, 0, Math.min(left, pattern.length)));
    }
    return all.build();
  }

  /// What a sink says of content that it has stored.
  static StoredObject stored(Blob content) throws IOException {
    try (InputStream in = content.open()) {
      MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
      String sha256 = sha256(new DigestInputStream(in, sha512));
      return new StoredObject(
          content.length(),
          new Digest("sha256:" + sha256),
          Optional.of(HexFormat.of().formatHex(sha512.digest())));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static Digest digest(Blob content) throws IOException {
    return new Digest("sha256:" + sha256(content));
  }

  static String sha256(Blob content) throws IOException {
    try (InputStream in = content.open()) {
      return sha256(in);
    }
  }

  protected static String sha256(InputStream in) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[128 << 10];
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        digest.update(buffer, 0, got);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /// Content that cannot be read beyond a byte. Counts the streams that are open.
  static final class Failing implements Blob {
    private final Blob content;
    private final long failsAt;
    private final IOException failure;
    final AtomicInteger failures = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();

    Failing(Blob content, long failsAt, IOException failure) {
      this.content = content;
      this.failsAt = failsAt;
      this.failure = failure;
    }

    @Override
    public long length() {
      return content.length();
    }

    @Override
    public InputStream open(long offset, long length) throws IOException {
      InputStream in = content.open(offset, length);
      open.incrementAndGet();
      return new InputStream() {
        private long position = offset;
        private boolean closed;

        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
          if (position + count > failsAt) {
            failures.incrementAndGet();
            throw failure;
          }
          int got = in.read(bytes, from, count);
          position += Math.max(got, 0);
          return got;
        }

        @Override
        public void close() throws IOException {
          in.close();
          open.addAndGet(closed ? 0 : -1);
          closed = true;
        }
      };
    }
  }
}
