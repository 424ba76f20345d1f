package imageservice.configuration;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Every id a configuration goes by, with the text of each: the primary one, and those that other
/// generations of the peer service would have given it (docs/configuration.md 1.5).
///
/// @param others aliases of the primary id, none twice; rarely any
public record CanonicalForms(Form primary, List<Form> others) {
  /// One id and its text.
  ///
  /// @param text exactly the bytes (in UTF-8) that the id is the hash of
  public record Form(ConfigurationId id, String text) {}

  public CanonicalForms {
    others = List.copyOf(others);
  }

  public static CanonicalForms of(Configuration configuration, IdRule rule, Dialect primary) {
    Form first = form(configuration, rule, primary);
    List<Form> others =
        Arrays.stream(Dialect.values())
            .map(dialect -> form(configuration, rule, dialect))
            .distinct()
            .filter(form -> !form.equals(first))
            .toList();
    return new CanonicalForms(first, others);
  }

  /// The others, then the primary one.
  public List<Form> all() {
    return Stream.concat(others.stream(), Stream.of(primary)).toList();
  }

  private static Form form(Configuration configuration, IdRule rule, Dialect dialect) {
    String text = CanonicalText.write(configuration, dialect);
    return new Form(rule.id(text), text);
  }
}
