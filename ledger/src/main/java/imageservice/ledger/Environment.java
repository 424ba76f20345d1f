package imageservice.ledger;

import imageservice.release.TalosVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The settings that a function gets as environment variables. A variable that is blank counts as
/// not set; one that is missing or malformed is an `IllegalStateException` that names it.
public record Environment(Map<String, String> variables) {
  private static final String BROKEN_VERSIONS = "BROKEN_VERSIONS";

  public Environment {
    variables = Map.copyOf(variables);
  }

  public Optional<String> optional(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  public String required(String name) {
    return optional(name).orElseThrow(() -> new IllegalStateException(name + " is not set"));
  }

  /// `true`; anything else and nothing is no.
  public boolean isTrue(String name) {
    return optional(name).orElse("").strip().equals("true");
  }

  /// Withheld versions: `BROKEN_VERSIONS`, separated by blanks.
  public List<TalosVersion> brokenVersions() {
    return optional(BROKEN_VERSIONS).stream()
        .flatMap(text -> Arrays.stream(text.strip().split("\\s+")))
        .map(text -> TalosVersion.parse(text).orElseThrow(() -> notAVersion(text)))
        .toList();
  }

  private static IllegalStateException notAVersion(String text) {
    return new IllegalStateException(BROKEN_VERSIONS + ": not a Talos version: " + text);
  }
}
