package imageservice.formats.compress;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Checksummed;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Content cut into what a codec treats alike: long runs of zeros, long slices, and all that is
/// small put together as bytes.
final class Pieces {
  /// Slices cut no longer, and at multiples of it in their blob, where checksums may be known.
  static final int SLICE = 16 << 20;

  /// Bytes put together are cut no longer.
  static final int BYTES = 1 << 20;

  /// Shorter slices are read and compressed: framing them gains nothing worth having.
  private static final int SHORT_SLICE = 64 << 10;

  private static final int SHORT_ZEROS = 1024;

  /// Bytes after zeros begin with some of them, for zstd to start over in: [ZstdBlocks#RESET].
  private static final int LEAD = 64;

  private final List<Extent> pieces = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Pieces() {}

  /// The content's pieces, in order; short slices are read.
  static List<Extent> of(Blob plain) throws IOException {
    Pieces pieces = new Pieces();
    for (Extent extent : Extents.builder().add(plain).build().extents()) {
      pieces.add(extent);
    }
    pieces.flush();
    return List.copyOf(pieces.pieces);
  }

  static long crc32(Extent piece) throws IOException {
    return switch (piece) {
      case Extent.Zero zero -> Crc32.ofZeros(zero.length());
      case Extent.Bytes bytes -> Crc32.of(bytes.content());
      case Extent.Slice slice -> crc32(slice);
    };
  }

  private static long crc32(Extent.Slice slice) throws IOException {
    OptionalLong known =
        slice.blob() instanceof Checksummed blob
            ? blob.crc32(slice.offset(), slice.length())
            : OptionalLong.empty();
    if (known.isPresent()) {
      return known.getAsLong();
    }
    try (InputStream in = slice.blob().open(slice.offset(), slice.length())) {
      return Crc32.of(in);
    }
  }

  private void add(Extent extent) throws IOException {
    switch (extent) {
      case Extent.Zero zero when zero.length() < SHORT_ZEROS ->
          append(new byte[(int) zero.length()]);
      case Extent.Zero zero -> {
        flush();
        pieces.add(zero);
      }
      case Extent.Slice slice when slice.length() < SHORT_SLICE -> append(read(slice));
      case Extent.Slice slice -> {
        flush();
        cut(slice);
      }
      case Extent.Bytes small -> append(small.content());
    }
  }

  private void cut(Extent.Slice slice) {
    long end = slice.offset() + slice.length();
    for (long from = slice.offset(); from < end; ) {
      long to = Math.min(end, (from / SLICE + 1) * SLICE);
      pieces.add(new Extent.Slice(slice.blob(), from, to - from));
      from = to;
    }
  }

  private void append(byte[] more) {
    if (bytes.size() == 0 && !pieces.isEmpty() && pieces.getLast() instanceof Extent.Zero zero) {
      pieces.set(pieces.size() - 1, new Extent.Zero(zero.length() - LEAD));
      bytes.write(new byte[LEAD], 0, LEAD);
    }
    for (int from = 0; from < more.length; ) {
      int count = Math.min(more.length - from, BYTES - bytes.size());
      bytes.write(more, from, count);
      from += count;
      if (bytes.size() == BYTES) {
        flush();
      }
    }
  }

  private void flush() {
    if (bytes.size() > 0) {
      pieces.add(new Extent.Bytes(bytes.toByteArray()));
      bytes.reset();
    }
  }

  private static byte[] read(Extent.Slice slice) throws IOException {
    try (InputStream in = slice.blob().open(slice.offset(), slice.length())) {
      return in.readAllBytes();
    }
  }
}
