package imageservice.configuration;

/// Bounds of documents (docs/configuration.md 1.3, limits).
final class Limits {
  /// Bytes of a document.
  static final int BODY = 1 << 20;

  /// Collections within collections.
  static final int NESTING = 100;

  static final int LIST_ITEMS = 10_000;

  /// How many times the document's length it may have once aliases are written out.
  static final int EXPANSION = 10;

  private Limits() {}

  static void checkNesting(int depth) throws InvalidConfigurationException {
    if (depth > NESTING) {
      throw InvalidConfigurationException.malformed(
          "the document is nested deeper than " + NESTING + " levels");
    }
  }

  static void checkListItems(int count) throws InvalidConfigurationException {
    if (count > LIST_ITEMS) {
      throw InvalidConfigurationException.malformed(
          "a list has more than " + LIST_ITEMS + " items");
    }
  }

  static void checkText(String text) throws InvalidConfigurationException {
    if (!WellFormed.holds(text)) {
      throw InvalidConfigurationException.malformed("a text holds half of a surrogate pair");
    }
  }
}
