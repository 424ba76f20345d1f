package imageservice.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Every short text of characters that YAML treats specially, and a configuration of each kind of
/// field that holds it.
final class ShortTexts {
  private static final List<String> CHARACTERS =
      List.of("a", " ", "\n", "\t", "#", ":", "-", "'", "\"", "|", "\0", "\r", "\u0085", "\u2028");

  private ShortTexts() {}

  /// Where a text stands, by how the canonical text indents and quotes it.
  enum Place {
    EMBEDDED,
    ARGUMENT,
    META,
    OPTION,
    OPTION_KEY,
    OPTION_ITEM
  }

  static List<String> upTo(int length) {
    var texts = new ArrayList<String>(List.of(""));
    List<String> longest = texts;
    for (int i = 0; i < length; i++) {
      longest = longest.stream().flatMap(ShortTexts::longer).toList();
      texts.addAll(longest);
    }
    return List.copyOf(texts);
  }

  private static Stream<String> longer(String text) {
    return CHARACTERS.stream().map(character -> text + character);
  }

  static Configuration at(Place place, String text) {
    return switch (place) {
      case EMBEDDED -> customized(text, List.of(), List.of());
      case ARGUMENT -> customized("", List.of(text), List.of());
      case META -> customized("", List.of(), List.of(new MetaValue(10, text)));
      case OPTION -> option("k", new OptionValue.Text(text));
      case OPTION_KEY -> option(text, new OptionValue.Text("v"));
      case OPTION_ITEM ->
          option("k", new OptionValue.Sequence(List.of(new OptionValue.Text(text))));
    };
  }

  private static Configuration customized(
      String embedded, List<String> arguments, List<MetaValue> meta) {
    return new Configuration(
        "",
        Overlay.NONE,
        new Customization(
            embedded,
            arguments,
            meta,
            List.of(),
            null,
            SecureBootOptions.DEFAULTS,
            DiskImageOptions.DEFAULTS));
  }

  private static Configuration option(String key, OptionValue value) {
    return new Configuration(
        "",
        new Overlay("i", "n", OptionValue.Mapping.of(Map.of(new OptionValue.Text(key), value))),
        Customization.NONE);
  }
}
