package imageservice.yaml;

/// Texts in double quotes, with escapes (docs/configuration.md 1.4).
final class DoubleQuoted {
  private DoubleQuoted() {}

  /// How a character of `text` is written between the quotes.
  static String of(String text, int rune) {
    boolean escapesAll = text.startsWith("\uFEFF");
    return escapesAll || mustEscape(rune) ? escape(rune) : Character.toString(rune);
  }

  private static boolean mustEscape(int rune) {
    return !Runes.isPrintable(rune) || Runes.isBreak(rune) || rune == '"' || rune == '\\';
  }

  private static String escape(int rune) {
    return switch (rune) {
      case 0 -> "\\0";
      case 0x07 -> "\\a";
      case '\b' -> "\\b";
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case 0x0B -> "\\v";
      case '\f' -> "\\f";
      case '\r' -> "\\r";
      case 0x1B -> "\\e";
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case 0x85 -> "\\N";
      case 0xA0 -> "\\_";
      case 0x2028 -> "\\L";
      case 0x2029 -> "\\P";
      default -> hex(rune);
    };
  }

  private static String hex(int rune) {
    if (rune <= 0xFF) {
      return "\\x%02X".formatted(rune);
    }
    return rune <= 0xFFFF ? "\\u%04X".formatted(rune) : "\\U%08X".formatted(rune);
  }
}
