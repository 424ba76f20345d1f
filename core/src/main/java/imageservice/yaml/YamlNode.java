package imageservice.yaml;

import java.util.List;

/// What a YAML document says, in the order in which it is written.
public sealed interface YamlNode {
  record Mapping(List<Field> fields) implements YamlNode {
    public Mapping {
      fields = List.copyOf(fields);
    }
  }

  record Sequence(List<YamlNode> items) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /// A value without parts.
  sealed interface Scalar extends YamlNode {
    String text();
  }

  /// A text, quoted where it would be read as something else.
  record Text(String text) implements Scalar {}

  /// Anything else, as it is spelled: a number, `true`, `null`.
  record Word(String text) implements Scalar {}

  record Field(Scalar key, YamlNode value) {
    public static Field of(String key, YamlNode value) {
      return new Field(new Text(key), value);
    }

    public static Field of(String key, String value) {
      return of(key, new Text(value));
    }
  }
}
