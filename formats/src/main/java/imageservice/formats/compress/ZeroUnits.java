package imageservice.formats.compress;

import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/// Compressed runs of zeros of any length, put together of few that are made once: 2 MiB, halves of
/// it down to 64 KiB, and a rest. Any concatenation of what `compress` makes must be valid.
final class ZeroUnits {
  private static final int LARGEST = 2 << 20;
  private static final int SMALLEST = 64 << 10;

  private final IntFunction<byte[]> compress;
  private final Map<Integer, Extent.Bytes> made = new HashMap<>();

  ZeroUnits(IntFunction<byte[]> compress) {
    this.compress = compress;
  }

  void add(Extents.Builder out, long length) {
    long rest = length;
    for (int unit = LARGEST; unit >= SMALLEST; unit /= 2) {
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
