package imageservice.functions.http;

import imageservice.release.Digest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Conditional requests (RFC 9110, 13). Handlers put an entity tag or a date on what they answer;
/// [Responder] then keeps the preconditions of whatever has one.
public final class Conditional {
  private Conditional() {}

  /// The response with the SHA-256 of its body as entity tag.
  public static Response tagged(Response response) {
    byte[] body = response.body().text().getBytes(StandardCharsets.UTF_8);
    return response.with("etag", "\"" + Digest.of(body).hex() + "\"");
  }

  /// The response, or 304 or 412 where the request has a precondition that asks for it. Only a 200
  /// to GET or HEAD is conditional (RFC 9110, 13.2.1).
  public static Answer answer(Request request, Response response) {
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    if (!reads || response.status() != 200) {
      return response;
    }
    Validators validators = Validators.of(response);
    return switch (validators.verdict(request)) {
      case PERFORM -> response;
      case NOT_MODIFIED -> notModified(response);
      case FAILED -> Problem.of(412, failure(validators));
    };
  }

  private static Response notModified(Response response) {
    Map<String, String> headers = new LinkedHashMap<>(response.headers());
    headers.remove("content-length");
    return new Response(304, headers, Body.EMPTY);
  }

  private static String failure(Validators validators) {
    String tag = validators.tag().map(own -> " its entity tag is " + own).orElse("");
    String date =
        validators.modified().map(own -> " it was last modified " + HttpDate.of(own)).orElse("");
    return "not the state that the request asks for:"
        + (tag.isEmpty() || date.isEmpty() ? tag + date : tag + "," + date);
  }
}
