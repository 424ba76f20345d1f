package imageservice.builder.shared;

import imageservice.formats.blob.RunStream;
import java.io.IOException;
import java.io.InputStream;

/// A source's content on its way to a reader, kept for others while it passes. It is kept where the
/// reader reads all of it.
final class PassingStream extends RunStream {
  private final InputStream content;
  private final Passing passing;
  private long left;

  /// @param content whose last byte comes once its digest is checked
  /// @param size of the content in bytes
  PassingStream(InputStream content, Passing passing, long size) {
    this.content = content;
    this.passing = passing;
    this.left = size;
  }

  @Override
  protected int readRun(byte[] buffer, int from, int count) throws IOException {
    int got = content.read(buffer, from, count);
    if (got > 0) {
      passing.write(buffer, from, got);
      left -= got;
      if (left == 0) {
        passing.end();
      }
    }
    return got;
  }

  @Override
  public void close() throws IOException {
    passing.close();
    content.close();
  }
}
