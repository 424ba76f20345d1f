package imageservice.formats.compress;

import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// Compressed runs of zeros of any length out of a few that are compressed once and shared: any
/// concatenation of what `compress` makes must be valid.
final class ZeroUnits {
  private static final int[] UNITS = {1 << 20, 64 << 10, 4 << 10};

  private final Function<byte[], byte[]> compress;
  private final Map<Integer, Extent.Bytes> made = new HashMap<>();

  ZeroUnits(Function<byte[], byte[]> compress) {
    this.compress = compress;
  }

  void add(Extents.Builder out, long length) {
    long rest = length;
    for (int unit : UNITS) {
      for (; rest >= unit; rest -= unit) {
        out.add(unit(unit));
      }
    }
    if (rest > 0) {
      out.add(unit((int) rest));
    }
  }

  private Extent.Bytes unit(int length) {
    return made.computeIfAbsent(length, zeros -> new Extent.Bytes(compress.apply(new byte[zeros])));
  }
}
