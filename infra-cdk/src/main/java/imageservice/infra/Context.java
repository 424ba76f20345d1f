package imageservice.infra;

import java.util.Optional;
import java.util.function.Function;

/// Reads what whoever deploys gave (`cdk deploy -c name=value`). A blank value counts as not given;
/// a malformed one is an `IllegalArgumentException` that names the setting and says what it takes.
///
/// @param values the value of a name
record Context(Function<String, Optional<String>> values) {
  Optional<String> optional(String name) {
    return values.apply(name).map(String::strip).filter(value -> !value.isEmpty());
  }

  String text(String name, String standard) {
    return optional(name).orElse(standard);
  }

  boolean flag(String name, boolean standard) {
    String text = text(name, Boolean.toString(standard));
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(name + ", true or false: " + text);
    };
  }

  int number(String name, int least, int most, int standard) {
    return optionalNumber(name, least, most).orElse(standard);
  }

  Optional<Integer> optionalNumber(String name, int least, int most) {
    return optional(name).map(text -> number(name, least, most, text));
  }

  /// An address with a final slash.
  Optional<String> address(String name) {
    return matching(name, "https?://[^\\s/]+(/\\S*)?/", "with a final slash");
  }

  /// A value that matches a pattern.
  ///
  /// @param meaning what the setting takes, in words
  Optional<String> matching(String name, String pattern, String meaning) {
    Optional<String> value = optional(name);
    value.filter(text -> !text.matches(pattern)).ifPresent(text -> refuse(name, meaning, text));
    return value;
  }

  private static int number(String name, int least, int most, String text) {
    int value = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    if (value < least || value > most) {
      refuse(name, "a number from %d to %d".formatted(least, most), text);
    }
    return value;
  }

  private static void refuse(String name, String meaning, String text) {
    throw new IllegalArgumentException(name + ", " + meaning + ": " + text);
  }
}
