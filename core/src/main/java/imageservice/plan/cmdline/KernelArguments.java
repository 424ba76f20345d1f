package imageservice.plan.cmdline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A kernel command line under construction: parameters in order of their first appearance, each
/// with its values in order. Equal keys are one parameter, so that `console=a quiet console=b`
/// prints as `console=a console=b quiet`. An empty value prints as the bare key. Quotes are not
/// special: blanks inside quotes separate arguments too.
final class KernelArguments {
  /// Keys whose values a configuration replaces instead of adding to them.
  private static final Set<String> REPLACED = Set.of("console", "talos.platform");

  private final Map<String, List<String>> parameters = new LinkedHashMap<>();

  /// Replaces the values of each key in `arguments`; a new key goes to the end.
  void set(String arguments) {
    parse(arguments).forEach(this::replace);
  }

  /// Adds the values of each key in `arguments` to the key's values; a new key goes to the end.
  void append(String arguments) {
    parse(arguments).forEach(this::add);
  }

  /// Applies a configuration's extra arguments: `console` and `talos.platform` replace their
  /// values, `-key` removes the parameter, `-key=value` removes that value, every other argument is
  /// added, a lone `-` included.
  void customize(List<String> arguments) {
    parse(String.join(" ", arguments))
        .forEach((key, values) -> {
          if (key.length() > 1 && key.startsWith("-")) {
            remove(key.substring(1), values);
          } else if (REPLACED.contains(key)) {
            replace(key, values);
          } else {
            add(key, values);
          }
        });
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    parameters.forEach((key, values) ->
        values.forEach(
            value -> text.append(key).append(value.isEmpty() ? "" : "=" + value).append(' ')));
    return text.toString().stripTrailing();
  }

  private void add(String key, List<String> values) {
    parameters.computeIfAbsent(key, ignored -> new ArrayList<>()).addAll(values);
  }

  private void replace(String key, List<String> values) {
    parameters.put(key, new ArrayList<>(values));
  }

  private void remove(String key, List<String> values) {
    if (values.getFirst().isEmpty()) {
      parameters.remove(key);
    } else {
      parameters.getOrDefault(key, new ArrayList<>()).removeAll(values);
    }
  }

  private static Map<String, List<String>> parse(String arguments) {
    Map<String, List<String>> parsed = new LinkedHashMap<>();
    for (String argument : arguments.strip().split("\\s+", -1)) {
      if (!argument.isEmpty()) {
        int equals = argument.indexOf('=');
        String key = equals < 0 ? argument : argument.substring(0, equals);
        String value = equals < 0 ? "" : argument.substring(equals + 1);
        parsed.computeIfAbsent(key, ignored -> new ArrayList<>()).add(value);
      }
    }
    return parsed;
  }
}
