package imageservice.functions.http;

import java.util.Map;
import java.util.Optional;

/// A method and path pattern with the handler that answers them.
///
/// @param method HTTP method; `GET` stands for HEAD as well
public record Route(String method, PathPattern pattern, Handler handler) {
  /// The path's segments by the pattern's names; empty where the path does not match.
  Optional<Map<String, String>> match(String path) {
    return pattern.match(path);
  }

  /// Whether the pattern is this very path.
  boolean isOf(String path) {
    return pattern.toString().equals(path);
  }

  boolean answers(String requested) {
    return method.equals(requested) || (method.equals("GET") && requested.equals("HEAD"));
  }
}
