package imageservice.builder.oci;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a registry asks for in `WWW-Authenticate` (RFC 9110, section 11.6.1).
///
/// @param scheme in lower case
/// @param parameters by name in lower case
record Challenge(String scheme, Map<String, String> parameters) {
  private static final int MAX_LENGTH = 8192;
  private static final Pattern SCHEME =
      Pattern.compile("\\s*(Bearer|Basic)(?:\\s+|$)", Pattern.CASE_INSENSITIVE);
  private static final Pattern PARAMETER =
      Pattern.compile("\\G[\\s,]*+([A-Za-z0-9_-]++)\\s*+=\\s*+(?:\"([^\"]*+)\"|([^\\s,\"]++))");

  Challenge {
    parameters = Map.copyOf(parameters);
  }

  /// The challenge to answer among the headers' values: Bearer before Basic. Registries put one
  /// challenge into each header.
  static Optional<Challenge> choose(List<String> values) {
    Map<String, Challenge> found = new HashMap<>();
    for (String value : values) {
      parse(value).ifPresent(challenge -> found.putIfAbsent(challenge.scheme(), challenge));
    }
    return Optional.ofNullable(found.getOrDefault("bearer", found.get("basic")));
  }

  private static Optional<Challenge> parse(String value) {
    Matcher scheme = SCHEME.matcher(value);
    if (value.length() > MAX_LENGTH || !scheme.lookingAt()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    Matcher parameter = PARAMETER.matcher(value).region(scheme.end(), value.length());
    while (parameter.find()) {
      String quoted = parameter.group(2);
      parameters.putIfAbsent(
          parameter.group(1).toLowerCase(Locale.ROOT),
          quoted == null ? parameter.group(3) : quoted);
    }
    return Optional.of(new Challenge(scheme.group(1).toLowerCase(Locale.ROOT), parameters));
  }
}
