package imageservice.formats.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/// A stream whose own work is reading runs of bytes; one byte is a run like any other, and a run of
/// none is nothing to read.
public abstract class RunStream extends InputStream {
  /// Bytes that are poured at once.
  private static final int POURED = 64 << 10;

  /// Reads up to `count` bytes and says how many, or -1 at the end.
  ///
  /// @param count at least 1, and no more than there is room for
  protected abstract int readRun(byte[] buffer, int from, int count) throws IOException;

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public final int read(byte[] buffer, int from, int count) throws IOException {
    Objects.checkFromIndexSize(from, count, buffer.length);
    return count == 0 ? 0 : readRun(buffer, from, count);
  }

  @Override
  public final long transferTo(OutputStream out) throws IOException {
    byte[] buffer = new byte[POURED];
    long poured = 0;
    for (int got = read(buffer); got >= 0; got = read(buffer)) {
      out.write(buffer, 0, got);
      poured += got;
    }
    return poured;
  }
}
