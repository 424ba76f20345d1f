package imageservice.builder.oci;

import imageservice.formats.blob.RunStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/// The body of a blob. Where it breaks off, it is opened again from that byte on. {@link
/// VerifiedStream} checks what it delivers.
final class ResumingBody extends RunStream {
  /// Opens the content from this byte on.
  interface Opener {
    InputStream open(long offset) throws IOException;
  }

  private final String subject;
  private final long size;
  private final Opener opener;
  private final Retries retries;
  private final Deadline deadline;
  private InputStream in;
  private long position;
  private int breaks;

  ResumingBody(String subject, long size, Opener opener, Retries retries, Deadline deadline)
      throws IOException {
    this.subject = subject;
    this.size = size;
    this.opener = opener;
    this.retries = retries;
    this.deadline = deadline;
    this.in = opener.open(0);
  }

  /// Ends where the source ends at or beyond the expected size; an earlier end is a break.
  @Override
  protected int readRun(byte[] buffer, int from, int count) throws IOException {
    while (true) {
      int got = attempt(buffer, from, count);
      if (got > 0) {
        position += got;
        return got;
      }
      if (position >= size) {
        return -1;
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /// Bytes read, or 0 after a break or at the end.
  private int attempt(byte[] buffer, int from, int count) throws IOException {
    try {
      int got = in.read(buffer, from, count);
      if (got < 0 && position < size) {
        resume("ended at byte %d of %d".formatted(position, size), null);
      }
      return Math.max(got, 0);
    } catch (SourceException | InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      resume("broke off at byte %d of %d (%s)".formatted(position, size, e.getMessage()), e);
      return 0;
    }
  }

  private void resume(String problem, @Nullable IOException cause) throws IOException {
    in.close();
    SourceException.Unavailable failure =
        new SourceException.Unavailable(subject, problem, null, cause);
    if (++breaks >= retries.attempts()) {
      throw failure;
    }
    retries.pause(breaks, failure, deadline);
    in = opener.open(position);
  }
}
