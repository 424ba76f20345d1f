package imageservice.formats.compress;

import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/// Compressed runs of zeros of any length, of which each MiB is the same and made once: any
/// concatenation of what `compress` makes must be valid.
final class ZeroUnits {
  private static final int UNIT = 1 << 20;

  private final IntFunction<byte[]> compress;
  private final Map<Integer, Extent.Bytes> made = new HashMap<>();

  ZeroUnits(IntFunction<byte[]> compress) {
    this.compress = compress;
  }

  void add(Extents.Builder out, long length) {
    for (long rest = length; rest > 0; rest -= Math.min(rest, UNIT)) {
      out.add(unit((int) Math.min(rest, UNIT)));
    }
  }

  private Extent.Bytes unit(int length) {
    return made.computeIfAbsent(length, zeros -> new Extent.Bytes(compress.apply(zeros)));
  }
}
