package imageservice.builder.index;

import imageservice.builder.yaml.MalformedYamlException;
import imageservice.builder.yaml.YamlDocument;
import imageservice.builder.yaml.YamlDocument.Author;
import imageservice.builder.yaml.YamlValue;
import imageservice.text.Shown;
import java.util.List;
import java.util.Optional;

/// What the files of catalogues have in common.
final class CatalogueText {
  /// Bytes of a file; real ones have less than a tenth of it.
  static final int LIMIT = 1 << 20;

  /// Characters of a value that a message shows.
  private static final int SHOWN = 200;

  private CatalogueText() {}

  static Optional<YamlValue> yaml(String file, byte[] content) throws MalformedCatalogueException {
    try {
      return YamlDocument.read(content, LIMIT, Author.PROGRAM);
    } catch (MalformedYamlException e) {
      throw new MalformedCatalogueException(file, String.valueOf(e.getMessage()));
    }
  }

  /// The fields of a mapping; none where it was left empty.
  static List<YamlValue.Field> fields(String file, String what, YamlValue node)
      throws MalformedCatalogueException {
    return switch (node) {
      case YamlValue.Mapping mapping -> mapping.fields();
      case YamlValue.Null _ -> List.of();
      case YamlValue.Text _, YamlValue.Sequence _ ->
          throw new MalformedCatalogueException(file, what + " is not a mapping");
    };
  }

  /// The text of a field, empty where it is missing or null.
  static String text(String file, String what, List<YamlValue.Field> fields, String name)
      throws MalformedCatalogueException {
    return switch (value(fields, name).orElse(new YamlValue.Text(""))) {
      case YamlValue.Null _ -> "";
      case YamlValue.Text text -> text.text();
      case YamlValue.Mapping _, YamlValue.Sequence _ ->
          throw new MalformedCatalogueException(file, "%s: %s is not a text".formatted(what, name));
    };
  }

  static Optional<YamlValue> value(List<YamlValue.Field> fields, String name) {
    return fields.stream()
        .filter(field -> field.key().equals(name))
        .map(YamlValue.Field::value)
        .findFirst();
  }

  /// A value of a foreign file for a message.
  static String shown(String value) {
    return Shown.of(value, SHOWN);
  }
}
