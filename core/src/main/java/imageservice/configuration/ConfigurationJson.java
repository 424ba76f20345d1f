package imageservice.configuration;

import java.util.stream.Collectors;

/// A configuration as JSON: the same fields, in the same order, on one line with final newline.
/// [ConfigurationDecoder] reads it.
///
/// JSON knows fewer types than `overlay.options`: timestamps, `.nan` and `.inf` become strings and
/// so do keys that are not texts. The id is that of the canonical text, not of this one.
public final class ConfigurationJson {
  private ConfigurationJson() {}

  public static String write(Configuration configuration) {
    return json(Outline.of(configuration)) + "\n";
  }

  private static String json(Outline value) {
    return switch (value) {
      case Outline.Branch(var fields) ->
          fields.stream()
              .map(field -> string(ScalarText.of(field.key())) + ":" + json(field.value()))
              .collect(Collectors.joining(",", "{", "}"));
      case Outline.Series(var items) ->
          items.stream().map(ConfigurationJson::json).collect(Collectors.joining(",", "[", "]"));
      case Outline.Leaf(OptionValue.Scalar scalar) -> scalar(scalar);
    };
  }

  private static String scalar(OptionValue.Scalar scalar) {
    String text = ScalarText.of(scalar);
    return switch (scalar) {
      case OptionValue.Null _, OptionValue.Bool _, OptionValue.Whole _, OptionValue.MinusZero _ ->
          text;
      case OptionValue.Real(double value) -> Double.isFinite(value) ? text : string(text);
      case OptionValue.Timestamp _, OptionValue.Text _ -> string(text);
    };
  }

  private static String string(String text) {
    var quoted = new StringBuilder("\"");
    text.chars().forEach(c -> quoted.append(escaped((char) c)));
    return quoted.append('"').toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> c < 0x20 || c == 0x7F ? "\\u%04x".formatted((int) c) : String.valueOf(c);
    };
  }
}
