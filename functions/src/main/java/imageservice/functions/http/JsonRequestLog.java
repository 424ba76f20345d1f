package imageservice.functions.http;

import imageservice.json.JsonText;
import imageservice.ledger.EventLines;
import imageservice.ledger.Metric;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/// Writes one JSON line for each request and each failure.
public final class JsonRequestLog implements RequestLog {
  private static final int SERVER_ERROR = 500;
  private static final int NOT_IMPLEMENTED = 501;

  private final EventLines lines;

  public JsonRequestLog(PrintStream out) {
    this(EventLines.plain(out));
  }

  public JsonRequestLog(EventLines lines) {
    this.lines = lines;
  }

  @Override
  public void answered(Request request, Response response) {
    lines.write(
        JsonText.object()
            .put("event", "request")
            .put("requestId", request.id())
            .put("method", request.method())
            .put("path", request.path())
            .put("status", response.status())
            .put("bytes", bytes(response)),
        isServerError(response) ? Map.of(Metric.SERVER_ERRORS, 1L) : Map.of());
  }

  @Override
  public void failed(Request request, Exception cause) {
    StringWriter trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace));
    lines.write(
        JsonText.object()
            .put("event", "failure")
            .put("requestId", request.id())
            .put("path", request.path())
            .put("cause", trace.toString()));
  }

  private static boolean isServerError(Response response) {
    return response.status() >= SERVER_ERROR && response.status() != NOT_IMPLEMENTED;
  }

  /// The length that the response states, as a download's bytes are not in its body; else that of
  /// the body.
  private static long bytes(Response response) {
    return response
        .header("content-length")
        .map(Long::parseLong)
        .orElse((long) response.body().length());
  }
}
