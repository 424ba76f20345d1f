package imageservice.functions.http;

import java.util.Optional;

/// Cross-origin requests: every origin may read answers and post configurations.
final class Cors {
  private static final String EXPOSED =
      "Content-Disposition, Content-Length, Content-Type, ETag, Location, Retry-After, X-Request-Id";

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
  static Response options(Request request, String methods) {
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
        : allowed.with(
            "access-control-allow-headers",
            "accept, cache-control, content-type, prefer, x-request-id");
  }
}
