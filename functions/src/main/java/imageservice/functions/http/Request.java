package imageservice.functions.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request as API Gateway hands it on.
///
/// @param path decoded, starts with a slash
/// @param query as sent, without the question mark
/// @param headers names in lower case, equal ones joined by commas
/// @param id names the request in answers and logs
public record Request(
    String method, String path, String query, Map<String, String> headers, Body body, String id) {
  public Request {
    method = method.toUpperCase(Locale.ROOT);
    headers = Map.copyOf(headers);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /// The first value of a query parameter, decoded; nothing where it is absent or cannot be
  /// decoded.
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters().get(name));
  }

  /// All query parameters in order, the first value of each.
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      if (!name.isEmpty()) {
        decode(name).ifPresent(n -> decode(value).ifPresent(v -> parameters.putIfAbsent(n, v)));
      }
    }
    return parameters;
  }

  private static Optional<String> decode(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
