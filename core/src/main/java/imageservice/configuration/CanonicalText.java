package imageservice.configuration;

import imageservice.yaml.Folding;
import imageservice.yaml.YamlNode;
import imageservice.yaml.YamlText;
import java.util.List;

/// Writes the text that ids are hashes of (docs/configuration.md 1.4).
public final class CanonicalText {
  private CanonicalText() {}

  /// The canonical text of `configuration`, with final newline. Ids hash its UTF-8 bytes.
  public static String write(Configuration configuration, Dialect dialect) {
    return YamlText.write(
        mapping(Outline.of(configuration).fields(), dialect), dialect, Folding.NEVER);
  }

  /// The options of an overlay, as its program reads them; no text where there are none.
  public static String write(OptionValue.Mapping options) {
    Dialect dialect = Dialect.PRIMARY;
    return YamlText.write(mapping(Outline.of(options).fields(), dialect), dialect, Folding.NEVER);
  }

  private static YamlNode.Mapping mapping(List<Outline.Field> fields, Dialect dialect) {
    return new YamlNode.Mapping(
        fields.stream()
            .map(field ->
                new YamlNode.Field(scalar(field.key(), dialect), node(field.value(), dialect)))
            .toList());
  }

  private static YamlNode node(Outline value, Dialect dialect) {
    return switch (value) {
      case Outline.Branch(var fields) -> mapping(fields, dialect);
      case Outline.Series(var items) ->
          new YamlNode.Sequence(items.stream().map(item -> node(item, dialect)).toList());
      case Outline.Leaf(OptionValue.Scalar scalar) -> scalar(scalar, dialect);
    };
  }

  private static YamlNode.Scalar scalar(OptionValue.Scalar scalar, Dialect dialect) {
    return switch (scalar) {
      case OptionValue.Text(String text) -> new YamlNode.Text(text);
      case OptionValue.MinusZero minusZero ->
          new YamlNode.Word(dialect.keepsMinusZero() ? ScalarText.of(minusZero) : "0");
      case OptionValue.Null _,
          OptionValue.Bool _,
          OptionValue.Whole _,
          OptionValue.Real _,
          OptionValue.Timestamp _ ->
          new YamlNode.Word(ScalarText.of(scalar));
    };
  }
}
