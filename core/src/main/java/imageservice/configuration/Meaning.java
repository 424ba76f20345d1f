package imageservice.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

/// What a canonical text says when it is read back, and so what its id means. That follows from the
/// text alone: never from the documents that were posted to get it, of which several may have one
/// canonical text (docs/configuration.md 1.7).
public final class Meaning {
  private static final ConfigurationDecoder DECODER = new ConfigurationDecoder(true);

  private Meaning() {}

  /// @throws InvalidConfigurationException where the reference cannot read the text either, or
  ///   where it might read something else
  public static Configuration of(String canonicalText) throws InvalidConfigurationException {
    Configuration configuration = DECODER.decode(canonicalText.getBytes(UTF_8));
    if (holdsSeparator(canonicalText)) {
      requireUnmixed(configuration);
    }
    return configuration;
  }

  /// Texts with line feeds are literal blocks, in which U+2028 and U+2029 end lines for go-yaml and
  /// do not for our parser.
  private static void requireUnmixed(Configuration configuration)
      throws InvalidConfigurationException {
    for (Leaves.Leaf leaf : Leaves.of(configuration)) {
      if (leaf.text().indexOf('\n') >= 0 && holdsSeparator(leaf.text())) {
        throw InvalidConfigurationException.malformed(
            "U+2028 or U+2029 beside line feeds at " + leaf.path());
      }
    }
  }

  private static boolean holdsSeparator(String text) {
    return text.indexOf(0x2028) >= 0 || text.indexOf(0x2029) >= 0;
  }
}
