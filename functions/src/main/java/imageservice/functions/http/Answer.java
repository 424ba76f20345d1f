package imageservice.functions.http;

/// What a handler has to say: a finished response, or a problem that is still to be put into the
/// client's words.
public sealed interface Answer permits Response, Problem {}
