package imageservice.formats.blob;

import java.io.IOException;

/// A stream over a range of content that can be read at any position, so that bytes which a reader
/// skips are never read.
public abstract class RangeStream extends RunStream {
  private final long end;
  private long position;

  /// Streams `[position, end)`.
  protected RangeStream(long position, long end) {
    this.position = position;
    this.end = end;
  }

  /// Reads at least one byte at a position within the range.
  ///
  /// @param count at least 1, and no more than there are up to the range's end
  protected abstract int readAt(long position, byte[] buffer, int from, int count)
      throws IOException;

  protected final long end() {
    return end;
  }

  @Override
  protected final int readRun(byte[] buffer, int from, int count) throws IOException {
    if (position == end) {
      return -1;
    }
    int wanted = (int) Math.min(count, end - position);
    int got = 0;
    while (got < wanted) {
      int more = readAt(position, buffer, from + got, wanted - got);
      got += more;
      position += more;
    }
    return got;
  }

  @Override
  public final long skip(long count) {
    long skipped = Math.clamp(count, 0, end - position);
    position += skipped;
    return skipped;
  }
}
