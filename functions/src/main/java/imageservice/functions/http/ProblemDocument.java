package imageservice.functions.http;

import imageservice.json.JsonText;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Formats a problem for the client: one line of text, or JSON (RFC 9457) where `Accept` names JSON
/// first.
final class ProblemDocument {
  private static final Map<Integer, String> TITLES =
      Map.of(
          400, "Bad Request",
          404, "Not Found",
          405, "Method Not Allowed",
          413, "Content Too Large",
          500, "Internal Server Error",
          501, "Not Implemented",
          503, "Service Unavailable");

  private ProblemDocument() {}

  static Response of(Problem problem, Request request) {
    Response response = Acceptance.prefersJson(request) ? json(problem, request) : text(problem);
    Response cached =
        response
            .with("cache-control", problem.cacheable() ? "public, max-age=30" : "no-store")
            .with("x-content-type-options", "nosniff");
    return problem
        .retryAfter()
        .map(delay -> cached.with("retry-after", Long.toString(seconds(delay))))
        .orElse(cached);
  }

  private static Response text(Problem problem) {
    return Response.of(problem.status(), Response.TEXT, problem.detail() + "\n");
  }

  private static Response json(Problem problem, Request request) {
    String document =
        JsonText.object()
            .put("type", "about:blank")
            .put("title", Optional.ofNullable(TITLES.get(problem.status())).orElse("Error"))
            .put("status", problem.status())
            .put("detail", problem.whole())
            .put("requestId", request.id())
            .putIfPresent("stage", problem.stage())
            .putIfPresent("buildId", problem.buildId())
            .toString();
    return Response.of(problem.status(), "application/problem+json", document + "\n");
  }

  /// Whole seconds, rounded up, at least one.
  private static long seconds(Duration delay) {
    return Math.max(1, delay.plusMillis(999).toSeconds());
  }
}
