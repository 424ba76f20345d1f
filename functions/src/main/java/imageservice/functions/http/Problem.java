package imageservice.functions.http;

import java.time.Duration;
import java.util.Optional;

/// Why the service does not serve a request.
///
/// @param status HTTP status
/// @param detail one line for people, and for clients that parse the reference's texts; without a
///   final newline
/// @param advice what to do, where clients parse the detail; only problem documents have it
/// @param retryAfter the time after which the client may repeat the request
/// @param cacheable whether caches may keep the answer for 30 s
/// @param stage of the build that failed or is under way
/// @param buildId of the build that failed or is under way, 64 hex digits
public record Problem(
    int status,
    String detail,
    Optional<String> advice,
    Optional<Duration> retryAfter,
    boolean cacheable,
    Optional<String> stage,
    Optional<String> buildId)
    implements Answer {
  /// Characters of a text that are shown: many times as many as a name in use has. A longer text
  /// repeats a value of the client's, and what to do about it is at its end.
  private static final int FIRST = 4_096;

  private static final int LAST = 1_024;

  /// Seconds over which clients are spread that were refused at once.
  private static final int SPREAD = 10;

  public Problem {
    detail = oneLine(detail);
    advice = advice.map(Problem::oneLine);
  }

  public static Problem of(int status, String detail) {
    return new Problem(
        status,
        detail,
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty());
  }

  public static Problem notFound(String detail) {
    return new Problem(
        404, detail, Optional.empty(), Optional.empty(), true, Optional.empty(), Optional.empty());
  }

  /// The answer to a path whose version cannot be parsed.
  public static Problem invalidVersion(String text) {
    return of(
        400,
        "invalid Talos version \"%s\"; write all three numbers, such as v1.11.0; GET /versions lists what there is"
            .formatted(text));
  }

  public static Problem unavailable(String detail, Duration retryAfter) {
    return new Problem(
        503,
        detail,
        Optional.empty(),
        Optional.of(retryAfter),
        false,
        Optional.empty(),
        Optional.empty());
  }

  /// More clients came than there is room for. Each is told another time, by its request's id: else
  /// all of them are back at once, and most are refused again.
  ///
  /// @param earliest the time after which it is worth asking again
  public static Problem crowded(String detail, Duration earliest, String request) {
    return unavailable(detail, earliest.plusSeconds(Math.floorMod(request.hashCode(), SPREAD)));
  }

  public Problem ofBuild(String id, String atStage) {
    return new Problem(
        status, detail, advice, retryAfter, cacheable, Optional.of(atStage), Optional.of(id));
  }

  /// This problem with what to do, for problem documents alone.
  public Problem advising(Optional<String> what) {
    return new Problem(status, detail, what, retryAfter, cacheable, stage, buildId);
  }

  /// The value of `Retry-After`: whole seconds, rounded up, at least one.
  public Optional<String> retryAfterSeconds() {
    return retryAfter.map(delay -> Long.toString(Math.max(1, delay.plusMillis(999).toSeconds())));
  }

  /// Detail and advice.
  public String whole() {
    return advice.map(what -> detail + "; " + what).orElse(detail);
  }

  /// Escapes control characters, line breaks included, which requests can bring into a message.
  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    shortened(text)
        .codePoints()
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

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= FIRST + LAST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, FIRST))
            + "…"
            + text.substring(text.offsetByCodePoints(text.length(), -LAST));
  }
}
