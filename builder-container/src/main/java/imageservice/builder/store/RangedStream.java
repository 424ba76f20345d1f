package imageservice.builder.store;

import imageservice.formats.blob.RunStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// An object of the store, read in ranges of which the next ones are under way: one connection is
/// slow. Buffers are borrowed where some are left; where none is, the stream reads on in short
/// ranges with a buffer of its own, so that no stream waits for another.
final class RangedStream extends RunStream {
  /// Fetches bytes of the object into a buffer.
  interface Ranges {
    /// @throws IOException where the object ends before
    void fetch(long offset, byte[] buffer, int length) throws IOException;
  }

  /// Bytes of a stream's own buffer: each range of them takes a round trip, and many streams may
  /// have one.
  static final int OWN = 1 << 20;

  private record Range(PartBuffers.Filled part, boolean borrowed, Future<?> arrival) {}

  private final Ranges ranges;
  private final long size;
  private final PartBuffers buffers;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<Range> ahead = new ArrayDeque<>();

  /// Where the next range begins that is not asked for.
  private long asked;

  private byte[] own = {};

  /// Within the first range.
  private int position;

  RangedStream(Ranges ranges, long size, PartBuffers buffers) {
    this.ranges = ranges;
    this.size = size;
    this.buffers = buffers;
  }

  @Override
  protected int readRun(byte[] buffer, int from, int count) throws IOException {
    if (!ahead.isEmpty() && position == ahead.getFirst().part().length()) {
      dropFirst();
    }
    askAhead();
    if (ahead.isEmpty()) {
      return -1;
    }
    Range first = ahead.getFirst();
    Sending.result(first.arrival());
    int got = Math.min(count, first.part().length() - position);
    System.arraycopy(first.part().buffer(), position, buffer, from, got);
    position += got;
    return got;
  }

  @Override
  public void close() {
    asked = size;
    threads.shutdownNow();
    threads.close();
    while (!ahead.isEmpty()) {
      dropFirst();
    }
  }

  private void askAhead() {
    while (size - asked > OWN) {
      Optional<byte[]> buffer = buffers.takeIfLeft();
      if (buffer.isEmpty()) {
        break;
      }
      ask(buffer.get(), true);
    }
    if (ahead.isEmpty() && asked < size) {
      ask(own(), false);
    }
  }

  private byte[] own() {
    if (own.length == 0) {
      own = new byte[(int) Math.min(OWN, size - asked)];
    }
    return own;
  }

  private void ask(byte[] buffer, boolean borrowed) {
    long offset = asked;
    int length = (int) Math.min(buffer.length, size - asked);
    Future<?> arrival =
        threads.submit(() -> {
          ranges.fetch(offset, buffer, length);
          return buffer;
        });
    ahead.add(new Range(new PartBuffers.Filled(buffer, length), borrowed, arrival));
    asked += length;
  }

  private void dropFirst() {
    Range first = ahead.removeFirst();
    position = 0;
    if (first.borrowed()) {
      buffers.giveBack(first.part().buffer());
    }
  }
}
