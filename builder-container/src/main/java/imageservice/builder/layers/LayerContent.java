package imageservice.builder.layers;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import imageservice.builder.oci.SourceException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/// The tar of a layer, expanded and counted. Its first bytes say how it is compressed: media types
/// are often wrong, and other clients do not believe them either.
final class LayerContent extends FilterInputStream {
  private static final byte[] GZIP = {0x1F, (byte) 0x8B};
  private static final byte[] ZSTD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

  /// Bytes of memory that a zstd frame may ask for, as a power of two: what zstd itself allows.
  private static final int MAX_WINDOW_LOG = 27;

  private static final long NO_LIMIT = Long.MAX_VALUE;

  private final String subject;
  private final ExpansionLimits limits;
  private long headerRoom = NO_LIMIT;

  /// Does not close `blob`.
  static LayerContent open(String subject, InputStream blob, ExpansionLimits limits)
      throws IOException {
    BufferedInputStream counted = new BufferedInputStream(new Counted(blob, limits), 128 << 10);
    counted.mark(8);
    byte[] magic = counted.readNBytes(4);
    counted.reset();
    return new LayerContent(subject, expand(counted, magic), limits);
  }

  private LayerContent(String subject, InputStream expanded, ExpansionLimits limits) {
    super(expanded);
    this.subject = subject;
    this.limits = limits;
  }

  /// Allows so many bytes to be read until {@link #unlimit}: tar readers hold extended headers in
  /// memory.
  void limitHeader(int bytes) {
    headerRoom = bytes;
  }

  void unlimit() {
    headerRoom = NO_LIMIT;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int from, int count) throws IOException {
    int got = super.read(buffer, from, count);
    if (got > 0) {
      limits.expanded(got);
      headerRoom -= headerRoom == NO_LIMIT ? 0 : got;
      if (headerRoom < 0) {
        throw new SourceException.Malformed(subject, "an entry's header is too large", null);
      }
    }
    return got;
  }

  /// Skips by reading, so that the limits count every byte.
  @Override
  public long skip(long count) throws IOException {
    byte[] ignored = new byte[(int) Math.min(Math.max(count, 0), 64 << 10)];
    return Math.max(read(ignored, 0, ignored.length), 0);
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private static InputStream expand(InputStream in, byte[] magic) throws IOException {
    if (startsWith(magic, GZIP)) {
      return GzipCompressorInputStream.builder()
          .setInputStream(in)
          .setDecompressConcatenated(true)
          .get();
    }
    if (startsWith(magic, ZSTD)) {
      ZstdInputStreamNoFinalizer zstd = new ZstdInputStreamNoFinalizer(in);
      zstd.setLongMax(MAX_WINDOW_LOG);
      return zstd;
    }
    return in;
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static final class Counted extends FilterInputStream {
    private final ExpansionLimits limits;

    Counted(InputStream in, ExpansionLimits limits) {
      super(in);
      this.limits = limits;
    }

    @Override
    public int read() throws IOException {
      int got = super.read();
      limits.compressed(got < 0 ? 0 : 1);
      return got;
    }

    @Override
    public int read(byte[] buffer, int from, int count) throws IOException {
      int got = super.read(buffer, from, count);
      limits.compressed(Math.max(got, 0));
      return got;
    }

    /// The layer's stream belongs to who opened it.
    @Override
    public void close() {}
  }
}
