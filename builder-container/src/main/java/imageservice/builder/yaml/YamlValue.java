package imageservice.builder.yaml;

import java.util.List;

/// What a YAML document says, in the order in which it is written.
public sealed interface YamlValue {
  /// Fields, of which two have the same key only where the document's {@link YamlDocument.Author}
  /// may write that.
  record Mapping(List<Field> fields) implements YamlValue {
    public Mapping {
      fields = List.copyOf(fields);
    }
  }

  record Sequence(List<YamlValue> items) implements YamlValue {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /// A value without parts, as it is written: quoted or not, a number or not.
  sealed interface Scalar extends YamlValue {
    String text();
  }

  record Text(String text) implements Scalar {}

  /// Nothing, `~` or `null` without quotes, or what has the tag `!!null`.
  record Null(String text) implements Scalar {}

  record Field(String key, YamlValue value) {}
}
