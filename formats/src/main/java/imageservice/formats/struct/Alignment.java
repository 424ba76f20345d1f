package imageservice.formats.struct;

/// Rounding to multiples, the one implementation of it.
public final class Alignment {
  private Alignment() {}

  /// The smallest multiple of `unit` that is at least `value`.
  public static long roundUp(long value, long unit) {
    return Math.multiplyExact(Math.ceilDiv(value, unit), unit);
  }

  /// Bytes of padding from `value` to the next multiple of `unit`, 0 where it is one.
  public static int padding(long value, int unit) {
    return (int) Math.floorMod(-value, (long) unit);
  }
}
