package imageservice.functions.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/// Finds a request's handler and turns its answer into a response. An `IOException` becomes a 503
/// with `Retry-After`, a `RuntimeException` a 500 without details; the log gets both in full.
public final class Router implements Function<Request, Response> {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final List<Route> routes;
  private final Responder responder;

  /// @param routes in order of precedence
  /// @param responder with the log that failures go to
  public Router(List<Route> routes, Responder responder) {
    this.routes = List.copyOf(routes);
    this.responder = responder;
  }

  /// The response to a request. The response to HEAD has the body of GET; the gateway leaves it
  /// out.
  @Override
  public Response apply(Request request) {
    return responder.respond(request, answer(request));
  }

  private Answer answer(Request request) {
    Optional<String> tidy = tidy(request);
    if (tidy.isPresent() && routes.stream().noneMatch(route -> route.takes(request.path()))) {
      return Response.redirect(isGetOrHead(request) ? 301 : 307, tidy.get());
    }
    List<Route> matching =
        routes.stream().filter(route -> route.match(request.path()).isPresent()).toList();
    if (matching.isEmpty()) {
      return Problem.of(404, "404 page not found");
    }
    if (request.method().equals("OPTIONS")) {
      return Cors.options(request, methods(matching));
    }
    return matching.stream()
        .filter(route -> route.answers(request.method()))
        .findFirst()
        .map(route -> answer(route, request))
        .orElseGet(() -> wrongMethod(matching, request));
  }

  private Answer answer(Route route, Request request) {
    try {
      return route.handler().handle(request, route.match(request.path()).orElseThrow());
    } catch (IOException e) {
      responder.log().failed(request, e);
      return Problem.unavailable("service temporarily unavailable", RETRY);
    } catch (RuntimeException e) {
      responder.log().failed(request, e);
      return Problem.of(500, "internal server error");
    }
  }

  private Answer wrongMethod(List<Route> matching, Request request) {
    return responder
        .problems()
        .of(Problem.of(405, "Method Not Allowed"), request)
        .with("allow", methods(matching));
  }

  /// The methods of these routes, separated by commas, with OPTIONS.
  private static String methods(List<Route> matching) {
    TreeSet<String> methods = new TreeSet<>(List.of("OPTIONS"));
    for (Route route : matching) {
      methods.add(route.method());
      if (route.method().equals("GET")) {
        methods.add("HEAD");
      }
    }
    return String.join(", ", methods);
  }

  /// The encoded path without repeated and final slashes, and the query; empty where the path has
  /// no such slashes.
  private static Optional<String> tidy(Request request) {
    List<String> segments = new ArrayList<>();
    for (String segment : request.path().split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(segment);
      }
    }
    String tidy = "/" + String.join("/", segments);
    return tidy.equals(request.path())
        ? Optional.empty()
        : Optional.of(
            Paths.encode(tidy)
                + (request.query().isEmpty() ? "" : "?" + Paths.encodeQuery(request.query())));
  }

  private static boolean isGetOrHead(Request request) {
    return request.method().equals("GET") || request.method().equals("HEAD");
  }
}
