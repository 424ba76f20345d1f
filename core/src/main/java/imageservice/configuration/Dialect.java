package imageservice.configuration;

import imageservice.yaml.YamlStyle;

/// The dialects of the canonical text: the same document, quoted as four generations of the peer
/// service quoted it (docs/configuration.md 1.5). Each gives rare documents ids of their own.
public enum Dialect implements YamlStyle {
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

  @Override
  public boolean readsAsText(String plain) {
    return PlainScalar.isText(plain);
  }

  @Override
  public boolean quotesOldBooleansSingly() {
    return this == Y4C;
  }

  @Override
  public boolean quotesMergeKeys() {
    return this != Y3;
  }

  @Override
  public boolean writesBlankLiterals() {
    return this == Y3;
  }

  /// A defect, kept for the ids.
  @Override
  public boolean losesLeadingBreak() {
    return this == Y3;
  }

  @Override
  public boolean hintsLeadingBreak() {
    return this == Y3 || this == Y4A;
  }

  /// Whether the integer `-0` keeps its sign.
  boolean keepsMinusZero() {
    return this != Y3;
  }
}
