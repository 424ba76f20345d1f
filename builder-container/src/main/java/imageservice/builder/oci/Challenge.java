package imageservice.builder.oci;

import java.util.ArrayList;
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

  /// RFC 9110, section 5.6.2.
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";

  private static final Pattern SEPARATORS = Pattern.compile("[\\s,]*+");

  /// RFC 9110, section 11.2; a quoted text may hold commas and escapes (section 5.6.4). Addresses
  /// without quotes are tolerated.
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(TOKEN)\\s*+=\\s*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]++))"
              .replace("TOKEN", TOKEN));

  /// A scheme with nothing behind it, with parameters, or with a value that is not in pairs.
  private static final Pattern SCHEME =
      Pattern.compile(
          "(TOKEN)(?=[\\s,]|$)(?:[ \\t]++[A-Za-z0-9._~+/-]++=*+(?=\\s*+(?:,|$)))?"
              .replace("TOKEN", TOKEN));

  Challenge {
    parameters = Map.copyOf(parameters);
  }

  /// The challenge to answer among the headers' values: Bearer before Basic.
  static Optional<Challenge> choose(List<String> values) {
    Map<String, Challenge> found = new HashMap<>();
    for (String value : values) {
      parse(value).forEach(challenge -> found.putIfAbsent(challenge.scheme(), challenge));
    }
    return Optional.ofNullable(found.getOrDefault("bearer", found.get("basic")));
  }

  /// The challenges of one header's value, up to what is not of its grammar.
  private static List<Challenge> parse(String value) {
    if (value.length() > MAX_LENGTH) {
      return List.of();
    }
    List<Challenge> challenges = new ArrayList<>();
    Matcher scheme = SCHEME.matcher(value);
    int place = after(SEPARATORS.matcher(value), 0);
    while (scheme.region(place, value.length()).lookingAt()) {
      Map<String, String> parameters = new HashMap<>();
      place = parameters(value, scheme.end(), parameters);
      challenges.add(new Challenge(scheme.group(1).toLowerCase(Locale.ROOT), parameters));
    }
    return challenges;
  }

  /// Reads parameters from `begin` on; returns where they end.
  private static int parameters(String value, int begin, Map<String, String> found) {
    Matcher separators = SEPARATORS.matcher(value);
    Matcher parameter = PARAMETER.matcher(value);
    int place = after(separators, begin);
    while (parameter.region(place, value.length()).lookingAt()) {
      String quoted = parameter.group(2);
      found.putIfAbsent(
          parameter.group(1).toLowerCase(Locale.ROOT),
          quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
      place = after(separators, parameter.end());
    }
    return place;
  }

  private static int after(Matcher separators, int begin) {
    separators.region(begin, separators.regionEnd()).lookingAt();
    return separators.end();
  }
}
