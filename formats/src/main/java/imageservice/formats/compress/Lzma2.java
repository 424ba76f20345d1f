package imageservice.formats.compress;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;

/// Chunks of LZMA2, as XZ Embedded's `xz_dec_lzma2.c` describes them: a control byte, sizes less
/// one in big endian, content. What is compressed here always begins with a reset of dictionary,
/// state and properties, so that chunks can follow each other in any order.
final class Lzma2 {
  /// Dictionary size of the filter's properties: 1 MiB, and its code.
  static final int DICTIONARY = 1 << 20;

  static final int DICTIONARY_CODE = 16;

  static final byte[] END = {0};

  private static final int UNCOMPRESSED = 64 << 10;

  private final ZeroUnits zeros = new ZeroUnits(LzmaChunks::ofZeros);

  /// Adds a piece as chunks.
  ///
  /// @param first of its block, which must begin with a reset of the dictionary
  void add(Extents.Builder out, Extent piece, boolean first) {
    switch (piece) {
      case Extent.Zero zero -> zeros.add(out, zero.length());
      case Extent.Slice slice -> stored(out, slice, first);
      case Extent.Bytes bytes -> {
        byte[] chunks = LzmaChunks.of(bytes.content());
        if (chunks.length < bytes.length()) {
          out.add(chunks);
        } else {
          stored(out, new Extent.Slice(Blob.of(bytes.content()), 0, bytes.length()), first);
        }
      }
    }
  }

  private static void stored(Extents.Builder out, Extent.Slice slice, boolean first) {
    for (long done = 0; done < slice.length(); ) {
      int count = (int) Math.min(slice.length() - done, UNCOMPRESSED);
      int control = first && done == 0 ? 1 : 2; // with and without a reset of the dictionary
      int size = count - 1;
      out.add(new byte[] {(byte) control, (byte) (size >> 8), (byte) size});
      out.add(new Extent.Slice(slice.blob(), slice.offset() + done, count));
      done += count;
    }
  }
}
