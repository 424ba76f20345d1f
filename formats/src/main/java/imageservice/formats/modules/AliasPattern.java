package imageservice.formats.modules;

import java.util.Optional;

/// Aliases as indexes have them: with `_` for `-` outside of brackets.
final class AliasPattern {
  private AliasPattern() {}

  /// Empty where brackets do not match; depmod leaves such aliases out of indexes.
  static Optional<String> normalized(String alias) {
    StringBuilder normalized = new StringBuilder(alias.length());
    boolean bracket = false;
    for (int i = 0; i < alias.length(); i++) {
      char c = alias.charAt(i);
      if (c == ']' && !bracket) {
        return Optional.empty();
      }
      bracket = bracket ? c != ']' : c == '[';
      normalized.append(c == '-' && !bracket ? '_' : c);
    }
    return bracket ? Optional.empty() : Optional.of(normalized.toString());
  }
}
