package imageservice.formats.compress;

import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/// Compressed runs of zeros of any length out of a few that are compressed once and shared: any
/// concatenation of what `compress` makes must be valid.
final class ZeroUnits {
  private final int[] units;
  private final IntFunction<byte[]> compress;
  private final Map<Integer, Extent.Bytes> made = new HashMap<>();

  /// @param units lengths of what is shared, the longest first; what is left is compressed by
  ///   itself
  ZeroUnits(IntFunction<byte[]> compress, int... units) {
    this.compress = compress;
    this.units = units.clone();
  }

  void add(Extents.Builder out, long length) {
    long rest = length;
    for (int unit : units) {
      for (; rest >= unit; rest -= unit) {
        out.add(unit(unit));
      }
    }
    if (rest > 0) {
      out.add(unit((int) rest));
    }
  }

  private Extent.Bytes unit(int length) {
    return made.computeIfAbsent(length, zeros -> new Extent.Bytes(compress.apply(zeros)));
  }
}
