package imageservice.functions.http;

/// Makes the response of an answer: problems become documents, preconditions are kept, other
/// origins are let in, the request's id is told, and one line is logged.
///
/// @param server value of the header `Server`, which Omni reads
public record Responder(String server, RequestLog log, ProblemFormat problems) {
  /// With problems as {@link ProblemDocument} has them.
  public Responder(String server, RequestLog log) {
    this(server, log, ProblemDocument::of);
  }

  public Response respond(Request request, Answer answer) {
    Response response = Cors.allow(request, plain(request, answer));
    log.answered(request, response);
    return response.with("server", server).with("x-request-id", request.id());
  }

  private Response plain(Request request, Answer answer) {
    return switch (answer) {
      case Problem problem -> problems.of(problem, request);
      case Response response ->
          switch (Conditional.answer(request, response)) {
            case Problem failed -> problems.of(failed, request);
            case Response conditional -> conditional;
          };
    };
  }
}
