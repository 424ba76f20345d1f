package imageservice.plan.cmdline;

import imageservice.text.Shown;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Lists values of a configuration in a message: the first few, long ones cut, without control
/// characters, as messages go to terminals.
public final class Listed {
  private static final int MOST = 3;
  private static final int LONGEST = 60; // characters

  private Listed() {}

  public static String of(List<String> values) {
    return of(values, value -> "`" + brief(value) + "`");
  }

  /// @param shown what the message says of a value
  public static String of(List<String> values, Function<String, String> shown) {
    String first = values.stream().limit(MOST).map(shown).collect(Collectors.joining(", "));
    int more = values.size() - MOST;
    return more > 0 ? "%s and %d more".formatted(first, more) : first;
  }

  /// The value as lists show it.
  public static String brief(String value) {
    return Shown.of(value, LONGEST);
  }
}
