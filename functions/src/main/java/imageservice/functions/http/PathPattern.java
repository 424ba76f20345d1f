package imageservice.functions.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pattern of a route's path: `/image/{id}/{version}/{path}`. `{name}` matches one segment; a
/// final `{name+}` matches the rest of the path, at least one segment.
public record PathPattern(List<String> segments) {
  public PathPattern {
    segments = List.copyOf(segments);
    for (String segment : segments.subList(0, segments.size() - 1)) {
      if (segment.endsWith("+}")) {
        throw new IllegalArgumentException(segment + " is not the last of " + segments);
      }
    }
  }

  public static PathPattern of(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("a path without its slash: " + text);
    }
    return new PathPattern(split(text));
  }

  /// The path's segments by the pattern's names; empty where the path does not match.
  public Optional<Map<String, String>> match(String path) {
    List<String> given = split(path);
    if (takesRest() ? given.size() < segments.size() : given.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> found = new HashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (segment.endsWith("+}")) {
        found.put(
            segment.substring(1, segment.length() - 2),
            String.join("/", given.subList(i, given.size())));
      } else if (segment.startsWith("{")) {
        found.put(segment.substring(1, segment.length() - 1), given.get(i));
      } else if (!segment.equals(given.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(found);
  }

  /// Whether any number of segments may follow.
  boolean takesRest() {
    return segments.getLast().endsWith("+}");
  }

  /// The first segment, which is literal in every pattern; empty for `/`.
  public String firstSegment() {
    return segments.getFirst();
  }

  public static String firstSegment(String path) {
    return split(path).getFirst();
  }

  @Override
  public String toString() {
    return "/" + String.join("/", segments);
  }

  /// The segments after the first slash.
  private static List<String> split(String path) {
    return List.of(path.substring(Math.min(1, path.length())).split("/", -1));
  }
}
