package imageservice.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Every id a configuration goes by, with the text of each and what that says: the primary one, and
/// those that other generations of the peer service would have given it (docs/configuration.md 1.5,
/// 1.7).
///
/// @param others aliases of the primary id, none twice; rarely any
public record CanonicalForms(NamedConfiguration primary, List<NamedConfiguration> others) {
  public CanonicalForms {
    others = List.copyOf(others);
  }

  /// @throws InvalidConfigurationException where the primary text cannot be read back: nothing
  ///   could be built for its id. Of the other generations' texts such ones are left out.
  public static CanonicalForms of(Configuration configuration, IdRule rule, Dialect primary)
      throws InvalidConfigurationException {
    NamedConfiguration first = primary(configuration, rule, primary);
    List<NamedConfiguration> others = new ArrayList<>();
    for (Dialect dialect : Dialect.values()) {
      String text = CanonicalText.write(configuration, dialect);
      if (!text.equals(first.text()) && others.stream().noneMatch(o -> o.text().equals(text))) {
        readable(text, rule).ifPresent(others::add);
      }
    }
    return new CanonicalForms(first, others);
  }

  /// The others, then the primary one.
  public List<NamedConfiguration> all() {
    var all = new ArrayList<>(others);
    all.add(primary);
    return List.copyOf(all);
  }

  /// In what the primary id means another configuration than the one that it was made of, as a
  /// sentence for people, or nothing where it means the same.
  ///
  /// @param posted the configuration that the forms were made of
  public Optional<String> change(Configuration posted) {
    return Leaves.firstDifference(posted, primary.configuration())
        .map(path ->
            Problems.oneLine(path)
                + " reads back changed: ids are made as the peer service makes them, and its"
                + " YAML cannot keep this text; compare the configuration behind the id with"
                + " yours, and write the text without line breaks or blanks at its start");
  }

  private static NamedConfiguration primary(
      Configuration configuration, IdRule rule, Dialect dialect)
      throws InvalidConfigurationException {
    String text = CanonicalText.write(configuration, dialect);
    try {
      return named(text, rule);
    } catch (InvalidConfigurationException e) {
      throw e.kind() == InvalidConfigurationException.Kind.TOO_LARGE ? tooLong() : unreadable(e);
    }
  }

  private static InvalidConfigurationException tooLong() {
    return new InvalidConfigurationException(
        InvalidConfigurationException.Kind.TOO_LARGE, "the configuration is too long to be stored");
  }

  private static InvalidConfigurationException unreadable(InvalidConfigurationException e) {
    return InvalidConfigurationException.malformed(
        "the configuration's canonical text cannot be read back, so nothing could be built for its"
            + " id: write texts of several lines without blanks or line breaks at their start, and"
            + " without U+2028 and U+2029 ("
            + e.line()
            + ")");
  }

  private static Optional<NamedConfiguration> readable(String text, IdRule rule) {
    try {
      return Optional.of(named(text, rule));
    } catch (InvalidConfigurationException unreadable) {
      return Optional.empty();
    }
  }

  private static NamedConfiguration named(String text, IdRule rule)
      throws InvalidConfigurationException {
    return new NamedConfiguration(rule.id(text), text, Meaning.of(text));
  }
}
