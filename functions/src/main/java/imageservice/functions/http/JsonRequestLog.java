package imageservice.functions.http;

import imageservice.json.JsonText;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;

/// Writes one JSON line for each request and each failure.
public final class JsonRequestLog implements RequestLog {
  private final PrintStream out;

  public JsonRequestLog(PrintStream out) {
    this.out = out;
  }

  @Override
  public void answered(Request request, Response response) {
    out.println(
        JsonText.object()
            .put("event", "request")
            .put("requestId", request.id())
            .put("method", request.method())
            .put("path", request.path())
            .put("status", response.status())
            .put("bytes", bytes(response)));
  }

  @Override
  public void failed(Request request, Exception cause) {
    StringWriter trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace));
    out.println(
        JsonText.object()
            .put("event", "failure")
            .put("requestId", request.id())
            .put("path", request.path())
            .put("cause", trace.toString()));
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
