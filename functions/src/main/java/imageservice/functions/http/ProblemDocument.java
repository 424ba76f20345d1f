package imageservice.functions.http;

import imageservice.json.JsonText;
import java.util.Map;
import java.util.Optional;

/// Formats a problem for the client: one line of text, or JSON (RFC 9457) where `Accept` names JSON
/// first.
public final class ProblemDocument {
  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(400, "Bad Request"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(408, "Request Timeout"),
          Map.entry(412, "Precondition Failed"),
          Map.entry(413, "Content Too Large"),
          Map.entry(414, "URI Too Long"),
          Map.entry(415, "Unsupported Media Type"),
          Map.entry(416, "Range Not Satisfiable"),
          Map.entry(417, "Expectation Failed"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(505, "HTTP Version Not Supported"));

  private ProblemDocument() {}

  public static Response of(Problem problem, Request request) {
    Response response = Acceptance.prefersJson(request) ? json(problem, request) : text(problem);
    Response cached =
        response
            .with("cache-control", problem.cacheable() ? "public, max-age=30" : "no-store")
            .with("x-content-type-options", "nosniff");
    return problem
        .retryAfterSeconds()
        .map(seconds -> cached.with("retry-after", seconds))
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
}
