package imageservice.yaml;

/// What generations of go-yaml disagree on.
public interface YamlStyle {
  /// Whether an unquoted scalar with these characters is read as a text.
  boolean readsAsText(String plain);

  /// Whether texts that older YAML takes for booleans get single quotes.
  boolean quotesOldBooleansSingly();

  /// Whether `<<` as a text is quoted.
  boolean quotesMergeKeys();

  /// Whether texts of nothing but white space may be literal blocks.
  boolean writesBlankLiterals();

  /// Whether a line break at the start of a literal block is swallowed.
  boolean losesLeadingBreak();

  /// Whether a literal block that starts with a line break says how far it is indented.
  boolean hintsLeadingBreak();
}
