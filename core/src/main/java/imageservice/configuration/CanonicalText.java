package imageservice.configuration;

/// Writes the text that ids are hashes of (service-api.md 1.4). Written by hand, for no YAML
/// library writes it, and no upgrade of one may change an id.
public final class CanonicalText {
  private CanonicalText() {}

  /// The canonical text of `configuration`, with final newline. Ids hash its UTF-8 bytes.
  public static String write(Configuration configuration, Dialect dialect) {
    return new BlockWriter(dialect).write(Outline.of(configuration));
  }
}
