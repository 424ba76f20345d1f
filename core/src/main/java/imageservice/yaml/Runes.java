package imageservice.yaml;

/// Classes of code points as the canonical text sees them (docs/configuration.md 1.4, degrade).
public final class Runes {
  public static final int BYTE_ORDER_MARK = 0xFEFF;

  private Runes() {}

  public static boolean isBreak(int rune) {
    return rune == '\n' || rune == '\r' || rune == 0x85 || rune == 0x2028 || rune == 0x2029;
  }

  static boolean isBlankOrBreak(int rune) {
    return rune == ' ' || rune == '\t' || isBreak(rune);
  }

  public static boolean isPrintable(int rune) {
    return rune == '\n'
        || (rune >= 0x20 && rune <= 0x7E)
        || (rune >= 0xA0 && rune <= 0xD7FF)
        || (rune >= 0xE000 && rune <= 0xFFFD && rune != BYTE_ORDER_MARK);
  }

  /// Unicode's property White_Space.
  static boolean isWhiteSpace(int rune) {
    return (rune >= 0x09 && rune <= 0x0D) || rune == 0x85 || Character.isSpaceChar(rune);
  }
}
