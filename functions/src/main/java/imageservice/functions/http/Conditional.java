package imageservice.functions.http;

import imageservice.release.Digest;
import java.nio.charset.StandardCharsets;

/// Answers conditional requests by `If-None-Match` (RFC 9110, 13.1.2).
public final class Conditional {
  private Conditional() {}

  /// The response with the SHA-256 of its body as entity tag, or 304 where the client sent that
  /// tag.
  public static Response answer(Request request, Response response) {
    String tag =
        "\"" + Digest.of(response.body().text().getBytes(StandardCharsets.UTF_8)).hex() + "\"";
    return answer(request, response, tag);
  }

  /// The response with this entity tag, or 304 where the client sent that tag.
  ///
  /// @param tag with its quotes
  public static Response answer(Request request, Response response, String tag) {
    Response tagged = response.with("etag", tag);
    for (String known : request.header("if-none-match").orElse("").split(",", -1)) {
      String bare = known.strip();
      if (bare.equals("*") || bare.equals(tag) || bare.equals("W/" + tag)) {
        return new Response(304, tagged.headers(), Body.EMPTY);
      }
    }
    return tagged;
  }
}
