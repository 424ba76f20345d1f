package imageservice.configuration;

/// The rule that every text of a configuration can be written in UTF-8.
final class WellFormed {
  private WellFormed() {}

  static void require(String text) {
    if (!holds(text)) {
      throw new IllegalArgumentException("a text holds half of a surrogate pair: " + text);
    }
  }

  /// Whether every surrogate of `text` is paired.
  static boolean holds(String text) {
    return text.codePoints()
        .noneMatch(rune -> rune >= Character.MIN_SURROGATE && rune <= Character.MAX_SURROGATE);
  }
}
