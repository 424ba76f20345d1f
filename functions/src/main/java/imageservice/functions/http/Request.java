package imageservice.functions.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An HTTP request as API Gateway passes it on.
///
/// @param path decoded, starts with a slash
/// @param query percent-encoded as the client sent it, without the question mark
/// @param headers by name in lower case; values of equal names are joined by commas
/// @param id value of `X-Request-Id` in the response, and the id in logs
public record Request(
    String method, String path, String query, Map<String, String> headers, Body body, String id) {
  public Request {
    method = method.toUpperCase(Locale.ROOT);
    headers = Map.copyOf(headers);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /// The first value of a query parameter, decoded; empty where the parameter is absent or cannot
  /// be decoded.
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters().get(name));
  }

  /// All query parameters in the query's order, decoded, the first value of each.
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
