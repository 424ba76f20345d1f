package imageservice.formats.blob;

import java.io.IOException;
import java.io.InputStream;

/// A stream whose own work is reading runs of bytes; one byte is a run like any other.
public abstract class RunStream extends InputStream {
  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public abstract int read(byte[] buffer, int from, int count) throws IOException;
}
