package imageservice.ledger;

import imageservice.release.TalosVersion;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A function's settings in environment variables. A blank variable counts as not set; a missing or
/// malformed one is an `IllegalStateException` that names it.
public record Environment(Map<String, String> variables) {
  private static final String BROKEN_VERSIONS = "BROKEN_VERSIONS";
  private static final String STACK = "STACK_NAME";

  public Environment {
    variables = Map.copyOf(variables);
  }

  public Optional<String> optional(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  public String required(String name) {
    return optional(name).orElseThrow(() -> new IllegalStateException(name + " is not set"));
  }

  /// Whether the variable is `true`; false for any other value and where it is not set.
  public boolean isTrue(String name) {
    return optional(name).orElse("").strip().equals("true");
  }

  /// A number of at most six digits.
  public Optional<Long> number(String name) {
    return optional(name).map(String::strip).map(text -> number(name, text));
  }

  /// The log of a function: of a stack, which tells its name in `STACK_NAME`, its lines measure.
  public EventLines lines(PrintStream out, InstantSource clock) {
    return optional(STACK)
        .map(stack -> EventLines.metered(out, stack, clock))
        .orElseGet(() -> EventLines.plain(out));
  }

  /// The withheld Talos versions in `BROKEN_VERSIONS`, separated by blanks.
  public List<TalosVersion> brokenVersions() {
    return optional(BROKEN_VERSIONS).stream()
        .flatMap(text -> Arrays.stream(text.strip().split("\\s+")))
        .map(text -> TalosVersion.parse(text).orElseThrow(() -> notAVersion(text)))
        .toList();
  }

  private static long number(String name, String text) {
    if (!text.matches("[0-9]{1,6}")) {
      throw new IllegalStateException(name + ": not a number: " + text);
    }
    return Long.parseLong(text);
  }

  private static IllegalStateException notAVersion(String text) {
    return new IllegalStateException(BROKEN_VERSIONS + ": not a Talos version: " + text);
  }
}
