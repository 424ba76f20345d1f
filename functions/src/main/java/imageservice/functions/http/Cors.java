package imageservice.functions.http;

import java.util.Optional;

/// Cross-origin requests: every origin may read answers and post configurations.
public final class Cors {
  private static final String EXPOSED =
      "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, Content-Type, ETag,"
          + " Last-Modified, Location, Retry-After, X-Request-Id";

  /// Request headers that another origin may send. A download manager needs those of ranges and
  /// preconditions, which is why the bucket on AWS allows them too.
  private static final String SENT =
      "accept, cache-control, content-type, if-match, if-modified-since, if-none-match, if-range,"
          + " if-unmodified-since, prefer, range, x-request-id";

  private Cors() {}

  static Response allow(Request request, Response response) {
    Response varying =
        response.header("vary").isPresent() ? response : response.with("vary", "Origin");
    if (request.header("origin").isEmpty()) {
      return varying;
    }
    Response allowed = varying.with("access-control-allow-origin", "*");
    return request.method().equals("OPTIONS")
        ? allowed
        : allowed.with("access-control-expose-headers", EXPOSED);
  }

  /// The answer to OPTIONS: to a preflight where the request names a method, else the methods of
  /// the path.
  ///
  /// @param methods of the path, separated by commas
  public static Response options(Request request, String methods) {
    Optional<String> asked = request.header("access-control-request-method");
    if (asked.isEmpty()) {
      return Response.of(200).with("allow", methods);
    }
    Response response =
        Response.of(204)
            .with("vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    if (!(", " + methods + ",").contains(", " + asked.get() + ",")) {
      return response;
    }
    Response allowed = response.with("access-control-allow-methods", asked.get());
    return request.header("access-control-request-headers").isEmpty()
        ? allowed
        : allowed.with("access-control-allow-headers", SENT);
  }
}
