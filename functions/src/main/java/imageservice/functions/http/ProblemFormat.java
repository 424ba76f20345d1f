package imageservice.functions.http;

/// How an API tells its clients why it does not serve a request.
@FunctionalInterface
public interface ProblemFormat {
  Response of(Problem problem, Request request);
}
