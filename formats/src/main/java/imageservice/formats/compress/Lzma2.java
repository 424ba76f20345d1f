package imageservice.formats.compress;

import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.tukaani.xz.FinishableWrapperOutputStream;
import org.tukaani.xz.LZMA2Options;

/// Chunks of LZMA2, as XZ Embedded's `xz_dec_lzma2.c` describes them: a control byte, sizes less
/// one in big endian, content. What is compressed here always begins with a reset of dictionary,
/// state and properties, so that chunks can follow each other in any order.
final class Lzma2 {
  /// Dictionary size of the filter's properties: 1 MiB, and its code.
  static final int DICTIONARY = 1 << 20;

  static final int DICTIONARY_CODE = 16;

  static final byte[] END = {0};

  private static final int UNCOMPRESSED = 64 << 10;

  private static final int PRESET = 6;

  private final ZeroUnits zeros = new ZeroUnits(LzmaZeros::chunk);

  /// Adds a piece as chunks.
  ///
  /// @param first of its block, which must begin with a reset of the dictionary
  void add(Extents.Builder out, Extent piece, boolean first) {
    switch (piece) {
      case Extent.Zero zero -> zeros.add(out, zero.length());
      case Extent.Bytes bytes -> out.add(compress(bytes.content()));
      case Extent.Slice slice -> stored(out, slice, first);
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

  private static byte[] compress(byte[] content) {
    try {
      LZMA2Options options = new LZMA2Options(PRESET);
      options.setDictSize(Math.clamp(content.length, LZMA2Options.DICT_SIZE_MIN, DICTIONARY));
      ByteArrayOutputStream chunks = new ByteArrayOutputStream();
      try (OutputStream out = options.getOutputStream(new FinishableWrapperOutputStream(chunks))) {
        out.write(content);
      }
      byte[] ended = chunks.toByteArray();
      return Arrays.copyOf(ended, ended.length - END.length);
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    }
  }
}
