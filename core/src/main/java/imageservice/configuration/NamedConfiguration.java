package imageservice.configuration;

/// A configuration and what it is called.
///
/// @param text the canonical text that the id is the hash of, exactly its bytes in UTF-8; it may be
///   in an older dialect than ours
/// @param configuration what the text says
public record NamedConfiguration(ConfigurationId id, String text, Configuration configuration) {
  /// The configuration that changes nothing; its text is the same in every dialect.
  public static NamedConfiguration empty(IdRule rule) {
    String text = CanonicalText.write(Configuration.EMPTY, Dialect.PRIMARY);
    return new NamedConfiguration(rule.id(text), text, Configuration.EMPTY);
  }
}
