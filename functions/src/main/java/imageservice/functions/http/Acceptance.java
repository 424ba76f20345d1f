package imageservice.functions.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The media types that a client accepts (RFC 9110, 12.5.1), in the order of its header; quality
/// values are not read.
public final class Acceptance {
  private static final List<String> JSON = List.of("application/json", "application/problem+json");

  private static final List<String> HTML = List.of("text/html", "application/xhtml+xml");

  private Acceptance() {}

  /// Whether `Accept` names JSON before `text/plain`.
  public static boolean prefersJson(Request request) {
    for (String type : types(request)) {
      if (JSON.contains(type)) {
        return true;
      }
      if (type.equals("text/plain")) {
        return false;
      }
    }
    return false;
  }

  /// Whether `Accept` names nothing but JSON. Many programs name JSON first for every download, but
  /// accept other types as well: they want the file.
  public static boolean isJsonAlone(Request request) {
    List<String> types = types(request);
    return !types.isEmpty() && JSON.containsAll(types);
  }

  /// Whether `Accept` names HTML first.
  static boolean prefersHtml(Request request) {
    List<String> types = types(request);
    return !types.isEmpty() && HTML.contains(types.getFirst());
  }

  private static List<String> types(Request request) {
    return Arrays.stream(request.header("accept").orElse("").split(",", -1))
        .map(range -> range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .filter(type -> !type.isEmpty())
        .toList();
  }
}
