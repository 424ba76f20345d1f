package imageservice.builder.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A range of content on its way to the store: counted into the digest, reported as progress.
final class CountedStream extends FilterInputStream {
  private final ContentDigest digest;
  private final AssetSink.Progress progress;
  private long position;

  /// @param position of the range in the content, in bytes
  CountedStream(InputStream in, long position, ContentDigest digest, AssetSink.Progress progress) {
    super(in);
    this.position = position;
    this.digest = digest;
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    try {
      int got = in.read(bytes, from, count);
      if (got > 0) {
        digest.update(position, bytes, from, got);
        position += got;
        progress.stored(position);
      }
      return got;
    } catch (IOException | RuntimeException e) {
      throw new ContentFailure(e);
    }
  }

  @Override
  public long skip(long count) throws IOException {
    return in.skip(count) == 0 ? 0 : refuseSkip(count);
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private static long refuseSkip(long count) throws IOException {
    throw new IOException("content is stored whole, not without " + count + " bytes");
  }
}
