package imageservice.configuration;

/// The dialects of the canonical text: the same document, quoted as four generations of the peer
/// service quoted it (service-api.md 1.5). Each gives rare documents ids of their own.
public enum Dialect {
  /// Peer releases 0.1.0 to 0.8.4.
  Y3,
  /// Peer releases 0.9.0 to 1.0.3.
  Y4A,
  /// Peer releases 1.1.0 to 1.4.0.
  Y4B,
  /// Peer releases since 1.5.0.
  Y4C;

  /// The dialect of new ids.
  public static final Dialect PRIMARY = Y4C;

  /// Whether texts that older YAML takes for booleans get single quotes.
  boolean quotesOldBooleansSingly() {
    return this == Y4C;
  }

  /// Whether `<<` as a text is quoted.
  boolean quotesMergeKeys() {
    return this != Y3;
  }

  /// Whether texts of nothing but white space may be literal blocks.
  boolean writesBlankLiterals() {
    return this == Y3;
  }

  /// Whether a line break at the start of a literal block is swallowed. A defect, kept for the ids.
  boolean losesLeadingBreak() {
    return this == Y3;
  }

  /// Whether a literal block that starts with a line break says how far it is indented.
  boolean hintsLeadingBreak() {
    return this == Y3 || this == Y4A;
  }

  /// Whether the integer `-0` keeps its sign.
  boolean keepsMinusZero() {
    return this != Y3;
  }
}
