package imageservice.functions.http;

import java.time.Duration;
import java.util.Optional;

/// Why a request is not met.
///
/// @param detail one line for people, and for clients that know the reference's texts; without a
///   final newline
/// @param retryAfter when the same request may fare better
/// @param cacheable whether the answer holds for a while: a thing that is not there
/// @param stage of the build that failed
/// @param buildId of the build that failed or is under way
public record Problem(
    int status,
    String detail,
    Optional<Duration> retryAfter,
    boolean cacheable,
    Optional<String> stage,
    Optional<String> buildId)
    implements Answer {
  public Problem {
    detail = oneLine(detail);
  }

  public static Problem of(int status, String detail) {
    return new Problem(status, detail, Optional.empty(), false, Optional.empty(), Optional.empty());
  }

  public static Problem notFound(String detail) {
    return new Problem(404, detail, Optional.empty(), true, Optional.empty(), Optional.empty());
  }

  /// A text in a path that should be a version.
  public static Problem invalidVersion(String text) {
    return of(400, "invalid Talos version \"%s\"".formatted(text));
  }

  public static Problem unavailable(String detail, Duration retryAfter) {
    return new Problem(
        503, detail, Optional.of(retryAfter), false, Optional.empty(), Optional.empty());
  }

  public Problem ofBuild(String id, String atStage) {
    return new Problem(
        status, detail, retryAfter, cacheable, Optional.of(atStage), Optional.of(id));
  }

  /// Line breaks and other control characters come from what was asked for; written as escapes they
  /// stay visible and end no line.
  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
              if (Character.isISOControl(c)) {
                line.append("\\x%02x".formatted(c));
              } else {
                line.appendCodePoint(c);
              }
            }
          }
        });
    return line.toString();
  }
}
