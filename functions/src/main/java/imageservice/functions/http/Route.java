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

  /// Whether the path is answered as it is, repeated and final slashes included: the pattern is
  /// this very path, or takes any.
  boolean takes(String path) {
    return pattern.toString().equals(path) || (pattern.takesRest() && match(path).isPresent());
  }

  boolean answers(String requested) {
    return method.equals(requested) || (method.equals("GET") && requested.equals("HEAD"));
  }
}
