package imageservice.functions.http;

import java.util.Map;
import java.util.Optional;

/// A path that is answered, and how.
///
/// @param method `GET` stands for HEAD as well
public record Route(String method, PathPattern pattern, Handler handler) {
  /// What stands at the pattern's names, or nothing where the path is another.
  Optional<Map<String, String>> match(String path) {
    return pattern.match(path);
  }

  boolean answers(String requested) {
    return method.equals(requested) || (method.equals("GET") && requested.equals("HEAD"));
  }
}
