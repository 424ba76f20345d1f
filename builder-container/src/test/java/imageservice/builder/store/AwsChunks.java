package imageservice.builder.store;

import imageservice.formats.blob.RunStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// The content of a body that comes in signed chunks, as the SDK sends it where there is no TLS
/// ("Signature Calculations for the Authorization Header: Transferring Payload in Multiple Chunks"
/// of the S3 reference). It checks no signature.
final class AwsChunks extends RunStream {
  private static final int RADIX = 16;

  private final InputStream in;
  private long left;
  private boolean begun;
  private boolean ended;

  AwsChunks(InputStream in) {
    this.in = in;
  }

  @Override
  protected int readRun(byte[] buffer, int from, int count) throws IOException {
    if (left == 0 && !ended) {
      next();
    }
    if (ended) {
      return -1;
    }
    int got = in.read(buffer, from, (int) Math.min(count, left));
    if (got < 0) {
      throw new EOFException("a chunk broke off");
    }
    left -= got;
    return got;
  }

  /// `10000;chunk-signature=…`, and an end of line behind each chunk; the last has no bytes.
  private void next() throws IOException {
    if (begun) {
      line();
    }
    begun = true;
    String head = line();
    left = Long.parseLong(head.substring(0, head.indexOf(';')), RADIX);
    ended = left == 0;
    if (ended) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("a chunk has no head");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
