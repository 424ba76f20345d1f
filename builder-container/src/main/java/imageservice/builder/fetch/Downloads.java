package imageservice.builder.fetch;

import imageservice.builder.material.Fetching;
import imageservice.ledger.InputProgress;
import imageservice.release.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The images that come from the source now, and who looks at them. Several plans that wait for one
/// image all see the same bytes.
final class Downloads {
  private final Set<Download> running = ConcurrentHashMap.newKeySet();
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

  /// A download of an image, which nobody sees before its size is known.
  Download begin(Digest image) {
    return new Download(image);
  }

  /// @param names of the images to look at
  Fetching watch(Map<Digest, String> names) {
    Watch watch = new Watch(names);
    watches.add(watch);
    running.forEach(watch::see);
    return watch;
  }

  /// An image that comes, layer by layer.
  final class Download implements AutoCloseable {
    private final Digest image;
    private final AtomicLong done = new AtomicLong();
    private volatile long total;

    private Download(Digest image) {
      this.image = image;
    }

    /// @param bytes of all layers
    void expect(long bytes) {
      total = bytes;
      running.add(this);
      watches.forEach(watch -> watch.see(this));
    }

    InputStream count(InputStream layer) {
      return new Counted(layer, done);
    }

    @Override
    public void close() {
      running.remove(this);
    }
  }

  private final class Watch implements Fetching {
    private final Map<Digest, String> names;
    private final Set<Download> seen = new LinkedHashSet<>();

    private Watch(Map<Digest, String> names) {
      this.names = Map.copyOf(names);
    }

    private synchronized void see(Download download) {
      if (names.containsKey(download.image)) {
        seen.add(download);
      }
    }

    /// An image that was begun again, after a damage or for other files, has the bytes of all
    /// times.
    @Override
    public synchronized List<InputProgress> inputs() {
      Map<Digest, InputProgress> inputs = new LinkedHashMap<>();
      for (Download each : seen) {
        inputs.merge(each.image, progress(each), Downloads::sum);
      }
      return List.copyOf(inputs.values());
    }

    private InputProgress progress(Download download) {
      return new InputProgress(
          names.getOrDefault(download.image, ""),
          download.image,
          download.done.get(),
          download.total);
    }

    @Override
    public void close() {
      watches.remove(this);
    }
  }

  private static InputProgress sum(InputProgress one, InputProgress other) {
    return new InputProgress(
        one.repository(),
        one.digest(),
        one.doneBytes() + other.doneBytes(),
        one.totalBytes() + other.totalBytes());
  }

  private static final class Counted extends FilterInputStream {
    private final AtomicLong count;

    private Counted(InputStream in, AtomicLong count) {
      super(in);
      this.count = count;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count.addAndGet(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count.addAndGet(Math.max(0, read));
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = super.skip(bytes);
      count.addAndGet(skipped);
      return skipped;
    }
  }
}
