package imageservice.local;

import imageservice.functions.http.Body;
import imageservice.functions.http.GatewayEvent;
import imageservice.json.JsonText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/// A request as an event presents it: header names in lower case, equal ones joined, the path
/// decoded, the query as it was sent, the body in base64.
///
/// @param id new for each request
/// @param address of the client
record GatewayRequest(
    String id,
    String method,
    String path,
    String query,
    String protocol,
    String address,
    Map<String, String> headers) {
  private static final String MADE_UP = "http://localhost";

  /// Characters of an address that a refusal repeats.
  private static final int LONGEST_PLACE = 40;

  /// The request without its body.
  ///
  /// @throws HttpException.RuntimeException where the request's target is malformed
  static GatewayRequest of(Request request) {
    URI target = target(request);
    return of(request, target.getPath(), Objects.requireNonNullElse(target.getRawQuery(), ""));
  }

  /// A request whose target cannot be read, for its refusal: the path is what was sent.
  static GatewayRequest malformed(Request request) {
    return of(request, Objects.requireNonNullElse(request.getHttpURI().getPathQuery(), ""), "");
  }

  /// Whether the request is `OPTIONS *`, which is about the server and no resource of it.
  static boolean isOfTheServer(Request request) {
    return HttpMethod.OPTIONS.is(request.getMethod())
        && "*".equals(request.getHttpURI().getPathQuery());
  }

  private static GatewayRequest of(Request request, String path, String query) {
    return new GatewayRequest(
        UUID.randomUUID().toString(),
        request.getMethod(),
        path,
        query,
        request.getConnectionMetaData().getProtocol(),
        Request.getRemoteAddr(request),
        headers(request));
  }

  /// The request as handlers see it, without its body.
  imageservice.functions.http.Request toRequest() {
    return new imageservice.functions.http.Request(
        method, path, query, headers, Body.EMPTY, GatewayEvent.id(headers, id));
  }

  /// The event for a function: API Gateway's payload format 2.0.
  String event(byte[] body) {
    JsonText given = JsonText.object();
    headers.forEach(given::put);
    return JsonText.object()
        .put("version", "2.0")
        .put("routeKey", "$default")
        .put("rawPath", path)
        .put("rawQueryString", query)
        .put("headers", given)
        .put("requestContext", context())
        .put("body", Base64.getEncoder().encodeToString(body))
        .put("isBase64Encoded", true)
        .toString();
  }

  private JsonText context() {
    return JsonText.object()
        .put("requestId", id)
        .put("stage", "$default")
        .put(
            "http",
            JsonText.object()
                .put("method", method)
                .put("path", path)
                .put("protocol", protocol)
                .put("sourceIp", address));
  }

  /// The path and query. They are parsed behind a made-up authority, as a path that begins with two
  /// slashes would be taken for an authority otherwise (RFC 3986, 3.3). CONNECT has neither path
  /// nor query (RFC 9110, 9.3.6).
  private static URI target(Request request) {
    String target = Objects.requireNonNullElse(request.getHttpURI().getPathQuery(), "");
    if (HttpMethod.CONNECT.is(request.getMethod()) || !target.startsWith("/")) {
      throw malformed("the address must begin with a slash, and this is no proxy");
    }
    try {
      return new URI(MADE_UP + target);
    } catch (URISyntaxException e) {
      int at = Math.max(0, e.getIndex() - MADE_UP.length());
      String place = target.substring(Math.min(at, target.length()));
      throw malformed(
          "the address cannot be read from \"%s\" on; percent-encode what is not a letter, digit or"
                  .formatted(
                      place.length() > LONGEST_PLACE ? place.substring(0, LONGEST_PLACE) : place)
              + " one of -._~, and look for a placeholder that was not filled in");
    }
  }

  private static HttpException.RuntimeException malformed(String reason) {
    return new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, reason);
  }

  private static Map<String, String> headers(Request request) {
    Map<String, String> headers = new TreeMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.merge(
          field.getName().toLowerCase(Locale.ROOT),
          Objects.requireNonNullElse(field.getValue(), ""),
          (first, next) -> first + "," + next);
    }
    return headers;
  }
}
