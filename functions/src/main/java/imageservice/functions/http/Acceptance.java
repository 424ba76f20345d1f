package imageservice.functions.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What kinds of answers a client takes (RFC 9110, 12.5.1), as far as it matters here.
public final class Acceptance {
  private static final List<String> JSON = List.of("application/json", "application/problem+json");

  private Acceptance() {}

  /// Whether JSON is named, and before plain text.
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

  /// Whether JSON is all that it takes. Many programs put JSON before anything else for every
  /// download; they take the file as well.
  public static boolean isJsonAlone(Request request) {
    List<String> types = types(request);
    return !types.isEmpty() && JSON.containsAll(types);
  }

  private static List<String> types(Request request) {
    return Arrays.stream(request.header("accept").orElse("").split(",", -1))
        .map(range -> range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .filter(type -> !type.isEmpty())
        .toList();
  }
}
