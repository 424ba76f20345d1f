package imageservice.functions.http;

/// A handler's answer: a finished response, or a problem that a {@link ProblemFormat} writes for
/// the client.
public sealed interface Answer permits Response, Problem {}
