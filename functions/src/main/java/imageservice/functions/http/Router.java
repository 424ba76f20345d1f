package imageservice.functions.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/// Finds who answers, and turns whatever comes of it into a response. What is thrown ends here: an
/// I/O failure is a 503 that says to come again, anything else a 500 that gives nothing away; both
/// are reported in full to the log.
public final class Router implements Function<Request, Response> {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final List<Route> routes;
  private final String server;
  private final RequestLog log;

  /// Takes the routes in order of precedence.
  ///
  /// @param server the value of the header of this name; Omni looks into it
  public Router(List<Route> routes, String server, RequestLog log) {
    this.routes = List.copyOf(routes);
    this.server = server;
    this.log = log;
  }

  /// The response; a HEAD's has the body that the GET's would have, which whoever sends it leaves
  /// out.
  @Override
  public Response apply(Request request) {
    Response response = Cors.allow(request, answer(request));
    log.answered(request, response);
    return response.with("server", server).with("x-request-id", request.id());
  }

  private Response answer(Request request) {
    Optional<String> tidy = tidy(request);
    if (tidy.isPresent()) {
      return Response.redirect(isReading(request) ? 301 : 307, tidy.get());
    }
    List<Route> here =
        routes.stream().filter(route -> route.match(request.path()).isPresent()).toList();
    if (here.isEmpty()) {
      return ProblemDocument.of(Problem.of(404, "404 page not found"), request);
    }
    if (request.method().equals("OPTIONS")) {
      return Cors.options(request, methods(here));
    }
    return here.stream()
        .filter(route -> route.answers(request.method()))
        .findFirst()
        .map(route -> handle(route, request))
        .orElseGet(() -> wrongMethod(here, request));
  }

  private Response handle(Route route, Request request) {
    Map<String, String> segments = route.match(request.path()).orElseThrow();
    return switch (answer(route, request, segments)) {
      case Response response -> response;
      case Problem problem -> ProblemDocument.of(problem, request);
    };
  }

  private Answer answer(Route route, Request request, Map<String, String> segments) {
    try {
      return route.handler().handle(request, segments);
    } catch (IOException e) {
      log.failed(request, e);
      return Problem.unavailable("service temporarily unavailable", RETRY);
    } catch (RuntimeException e) {
      log.failed(request, e);
      return Problem.of(500, "internal server error");
    }
  }

  private static Response wrongMethod(List<Route> here, Request request) {
    return ProblemDocument.of(Problem.of(405, "Method Not Allowed"), request)
        .with("allow", methods(here));
  }

  private static String methods(List<Route> here) {
    TreeSet<String> methods = new TreeSet<>(List.of("OPTIONS"));
    for (Route route : here) {
      methods.add(route.method());
      if (route.method().equals("GET")) {
        methods.add("HEAD");
      }
    }
    return String.join(", ", methods);
  }

  /// The path without repeated and final slashes, where it has some.
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

  private static boolean isReading(Request request) {
    return request.method().equals("GET") || request.method().equals("HEAD");
  }
}
