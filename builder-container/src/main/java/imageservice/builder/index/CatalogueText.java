package imageservice.builder.index;

import imageservice.yaml.MalformedYamlException;
import imageservice.yaml.YamlNode;
import imageservice.yaml.YamlReader;
import java.util.List;
import java.util.Optional;

/// What the files of catalogues have in common.
final class CatalogueText {
  /// Bytes of a file; real ones have less than a tenth of it.
  static final int LIMIT = 1 << 20;

  private CatalogueText() {}

  static Optional<YamlNode> yaml(String file, byte[] content) throws MalformedCatalogueException {
    try {
      return YamlReader.read(content, LIMIT);
    } catch (MalformedYamlException e) {
      throw new MalformedCatalogueException(file, String.valueOf(e.getMessage()));
    }
  }

  /// The fields of a mapping; none where it was left empty.
  static List<YamlNode.Field> fields(String file, String what, YamlNode node)
      throws MalformedCatalogueException {
    return switch (node) {
      case YamlNode.Mapping mapping -> mapping.fields();
      case YamlNode.Word word when isNull(word) -> List.of();
      case YamlNode.Scalar _, YamlNode.Sequence _ ->
          throw new MalformedCatalogueException(file, what + " is not a mapping");
    };
  }

  /// The text of a field, empty where it is missing or null.
  static String text(String file, String what, List<YamlNode.Field> fields, String name)
      throws MalformedCatalogueException {
    return switch (value(fields, name).orElse(new YamlNode.Text(""))) {
      case YamlNode.Word word when isNull(word) -> "";
      case YamlNode.Scalar scalar -> scalar.text();
      case YamlNode.Mapping _, YamlNode.Sequence _ ->
          throw new MalformedCatalogueException(file, "%s: %s is not a text".formatted(what, name));
    };
  }

  static Optional<YamlNode> value(List<YamlNode.Field> fields, String name) {
    return fields.stream()
        .filter(field -> field.key().text().equals(name))
        .map(YamlNode.Field::value)
        .findFirst();
  }

  /// A value of a foreign file for a message.
  static String shown(String value) {
    String cut = value.length() > 200 ? value.substring(0, 200) + "…" : value;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }

  static boolean isNull(YamlNode.Word word) {
    return switch (word.text()) {
      case "", "~", "null", "Null", "NULL" -> true;
      default -> false;
    };
  }
}
