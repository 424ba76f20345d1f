package imageservice.builder.index;

import imageservice.release.CatalogueNames;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An image as catalogues write it: `ghcr.io/siderolabs/gvisor:20231214.0`.
///
/// @param registry as the catalogue has it, which need not be where images are fetched from
/// @param name repository path, `siderolabs/gvisor`
record TaggedReference(String registry, String name, String tag) {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "([A-Za-z0-9.-]+(?::[0-9]{1,5})?)/([^:@]+):([a-zA-Z0-9_][a-zA-Z0-9._-]{0,127})");

  static Optional<TaggedReference> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    return matcher.matches() && CatalogueNames.isName(matcher.group(2))
        ? Optional.of(new TaggedReference(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  /// The reference in the registry that images are fetched from; as the catalogue has it where they
  /// come from no registry. Nothing for what cannot be fetched.
  ///
  /// @param prefix of the source, `ghcr.io/siderolabs/`
  Optional<String> in(Optional<String> prefix) {
    return CatalogueNames.repository(name)
        .map(repository ->
            prefix.map(before -> before + repository).orElse(registry + "/" + name) + ":" + tag);
  }
}
