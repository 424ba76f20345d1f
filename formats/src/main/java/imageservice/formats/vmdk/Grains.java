package imageservice.formats.vmdk;

import imageservice.formats.blob.Blob;
import imageservice.formats.compress.OrderedWork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/// Grains next to each other, each a stream of zlib (RFC 1950).
///
/// @param streams one after the other
/// @param lengths of the streams in bytes, in their order
public record Grains(Blob streams, List<Integer> lengths) {
  /// Bytes of a grain: 128 sectors.
  public static final int SIZE = 64 << 10;

  /// What makes grains of contents, perhaps by keeping what it has made.
  @FunctionalInterface
  public interface Maker {
    /// Compresses whole grains of a blob.
    ///
    /// @param offset of the first in the blob, in bytes
    Grains make(Blob blob, long offset, int count) throws IOException;
  }

  public Grains {
    lengths = List.copyOf(lengths);
  }

  /// Compresses anew, into memory.
  public static Grains deflate(Blob blob, long offset, int count) throws IOException {
    ByteArrayOutputStream streams = new ByteArrayOutputStream();
    List<Integer> lengths = deflate(blob, offset, count, streams);
    return new Grains(Blob.of(streams.toByteArray()), lengths);
  }

  /// Compresses grains next to each other on all processors.
  ///
  /// @param streams where they go, one after the other
  /// @return their lengths
  public static List<Integer> deflate(Blob blob, long offset, int count, OutputStream streams)
      throws IOException {
    List<Integer> lengths = new ArrayList<>();
    try (InputStream in = blob.open(offset, (long) count * SIZE);
        OrderedWork<byte[]> work = new OrderedWork<>("grains")) {
      for (int i = 0; i < count; i++) {
        byte[] grain = in.readNBytes(SIZE);
        work.add(
            () -> deflate(grain),
            stream -> {
              streams.write(stream);
              lengths.add(stream.length);
            });
      }
      work.finish();
    }
    return lengths;
  }

  /// One grain. Most content is compressed already, so that the quickest level loses next to
  /// nothing.
  static byte[] deflate(byte[] grain) {
    byte[] stream = new byte[SIZE + 64];
    try (Deflater deflater = new Deflater(Deflater.BEST_SPEED)) {
      deflater.setInput(grain);
      deflater.finish();
      int length = deflater.deflate(stream);
      if (!deflater.finished()) {
        throw new IllegalStateException("a grain of more than " + stream.length + " bytes");
      }
      return java.util.Arrays.copyOf(stream, length);
    }
  }
}
