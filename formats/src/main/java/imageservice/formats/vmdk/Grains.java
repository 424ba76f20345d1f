package imageservice.formats.vmdk;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.formats.compress.OrderedWork;
import imageservice.formats.compress.ZlibStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// Grains next to each other, each a stream of zlib (RFC 1950).
///
/// @param streams of the grains that got shorter, one after the other
/// @param grains in their order
public record Grains(Blob streams, List<Grain> grains) {
  /// Bytes of a grain: 128 sectors.
  public static final int SIZE = 64 << 10;

  /// How one grain is held.
  ///
  /// @param length of its stream in bytes; 0 where its stream has the content as it is
  /// @param adler32 of its content
  public record Grain(int length, int adler32) {}

  /// What makes grains of contents, perhaps by keeping what it has made.
  @FunctionalInterface
  public interface Maker {
    /// Compresses whole grains of a blob.
    ///
    /// @param offset of the first in the blob, in bytes
    Grains make(Blob blob, long offset, int count) throws IOException;
  }

  public Grains {
    grains = List.copyOf(grains);
  }

  /// Compresses anew, into memory.
  public static Grains deflate(Blob blob, long offset, int count) throws IOException {
    ByteArrayOutputStream streams = new ByteArrayOutputStream();
    List<Grain> grains = deflate(blob, offset, count, streams);
    return new Grains(Blob.of(streams.toByteArray()), grains);
  }

  /// Compresses grains next to each other on all processors.
  ///
  /// @param streams where those go that got shorter, one after the other
  public static List<Grain> deflate(Blob blob, long offset, int count, OutputStream streams)
      throws IOException {
    List<Grain> grains = new ArrayList<>();
    try (InputStream in = blob.open(offset, (long) count * SIZE);
        OrderedWork<ZlibStream> work = new OrderedWork<>("grains")) {
      for (int i = 0; i < count; i++) {
        byte[] grain = in.readNBytes(SIZE);
        work.add(
            () -> ZlibStream.of(grain),
            stream -> {
              stream.compressed().writeTo(streams);
              grains.add(
                  new Grain(Math.toIntExact(stream.compressed().length()), stream.adler32()));
            });
      }
      work.finish();
    }
    return grains;
  }

  /// The streams in their order; what did not get shorter is a part of the blob itself.
  ///
  /// @param blob and offset that the grains were made of
  List<Extents> streams(Blob blob, long offset) {
    List<Extents> all = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < grains.size(); i++) {
      Grain grain = grains.get(i);
      all.add(
          grain.length() == 0
              ? ZlibStream.stored(
                  new Extent.Slice(blob, offset + (long) i * SIZE, SIZE), grain.adler32())
              : Extents.of(new Extent.Slice(streams, at, grain.length())));
      at += grain.length();
    }
    return all;
  }
}
