package imageservice.configuration;

import java.util.Optional;
import java.util.regex.Pattern;

/// What a configuration is called: 64 lower-case hex digits.
public record ConfigurationId(String hex) {
  private static final Pattern SYNTAX = Pattern.compile("[0-9a-f]{64}");

  public ConfigurationId {
    if (!SYNTAX.matcher(hex).matches()) {
      throw new IllegalArgumentException("not a configuration id: " + hex);
    }
  }

  /// The id that `text` spells, or nothing where it spells none.
  public static Optional<ConfigurationId> parse(String text) {
    return SYNTAX.matcher(text).matches()
        ? Optional.of(new ConfigurationId(text))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return hex;
  }
}
