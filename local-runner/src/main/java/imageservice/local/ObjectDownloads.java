package imageservice.local;

import imageservice.functions.http.Answer;
import imageservice.functions.http.Body;
import imageservice.functions.http.Conditional;
import imageservice.functions.http.Cors;
import imageservice.functions.http.HttpDate;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.functions.http.Responder;
import imageservice.functions.http.Response;
import java.io.IOException;
import java.util.Optional;

/// Answers requests for objects by signed links as S3 does, from the object's facts alone: size,
/// entity tag, date. Only GET and HEAD can be signed, so nothing else reaches an object from
/// outside.
final class ObjectDownloads {
  /// The methods of a link, for OPTIONS.
  private static final String METHODS = "GET, HEAD, OPTIONS";

  private final LinkCheck links;
  private final Objects objects;

  /// The objects there are.
  @FunctionalInterface
  interface Objects {
    Optional<StoredFile> find(String key) throws IOException;
  }

  /// What is sent: a response, behind its headers a part of an object where there is one.
  record Download(Response response, Optional<Part> part) {
    private static Download of(Response response) {
      return new Download(response, Optional.empty());
    }
  }

  /// Contiguous bytes of an object.
  record Part(ObjectBytes bytes, long offset, long length) {}

  ObjectDownloads(LinkCheck links, Objects objects) {
    this.links = links;
    this.objects = objects;
  }

  /// Whether this path is an object's.
  static boolean answers(String path) {
    return path.startsWith(ObjectLinks.PATH);
  }

  /// @param rawPath as the client sent it, since the signature covers its escapes
  Download answer(Request request, String rawPath, Responder responder) throws IOException {
    if (request.method().equals("OPTIONS")) {
      return Download.of(responder.respond(request, Cors.options(request, METHODS)));
    }
    return switch (links.check(request.method(), rawPath, request.query())) {
      case LinkCheck.Refused refused ->
          Download.of(responder.respond(request, Problem.of(403, refused.detail())));
      case LinkCheck.Granted granted -> {
        Optional<StoredFile> file = objects.find(granted.key());
        yield file.isEmpty()
            ? Download.of(responder.respond(request, gone()))
            : deliver(request, file.get(), granted.disposition(), responder);
      }
    };
  }

  /// Preconditions come before ranges (RFC 9110, 13.2.2).
  private static Download deliver(
      Request request, StoredFile file, Optional<String> disposition, Responder responder) {
    Response whole = whole(file, disposition);
    Answer conditional = Conditional.answer(request, whole);
    if (!conditional.equals(whole)) {
      return Download.of(responder.respond(request, conditional));
    }
    return switch (range(request, file)) {
      case ByteRange.Whole() ->
          new Download(responder.respond(request, whole), body(request, file, 0, file.size()));
      case ByteRange.Part part ->
          new Download(
              responder.respond(request, partial(whole, part, file.size())),
              body(request, file, part.first(), part.length()));
      case ByteRange.Unsatisfiable() -> Download.of(unsatisfiable(request, file, responder));
    };
  }

  private static Response whole(StoredFile file, Optional<String> disposition) {
    Response plain =
        new Response(200, file.headers(), Body.EMPTY)
            .with("accept-ranges", "bytes")
            .with("content-length", Long.toString(file.size()));
    Response tagged = file.validators().tag().map(tag -> plain.with("etag", tag)).orElse(plain);
    Response dated =
        file.validators()
            .modified()
            .map(date -> tagged.with("last-modified", HttpDate.of(date)))
            .orElse(tagged);
    return disposition.map(given -> dated.with("content-disposition", given)).orElse(dated);
  }

  private static Response partial(Response whole, ByteRange.Part part, long size) {
    return new Response(206, whole.headers(), whole.body())
        .with("content-range", "bytes %d-%d/%d".formatted(part.first(), part.last(), size))
        .with("content-length", Long.toString(part.length()));
  }

  private static Response unsatisfiable(Request request, StoredFile file, Responder responder) {
    Problem problem = Problem.of(416, "the object has %d bytes".formatted(file.size()));
    return responder
        .respond(request, problem)
        .with("accept-ranges", "bytes")
        .with("content-range", "bytes */" + file.size());
  }

  /// `Range` is for GET alone (RFC 9110, 14.2).
  private static ByteRange.Wanted range(Request request, StoredFile file) {
    Optional<String> header = request.header("range");
    boolean counts =
        header.isPresent()
            && request.method().equals("GET")
            && file.validators().allowRange(request);
    return counts ? ByteRange.of(header.get(), file.size()) : new ByteRange.Whole();
  }

  private static Optional<Part> body(Request request, StoredFile file, long offset, long length) {
    return request.method().equals("GET")
        ? Optional.of(new Part(file.bytes(), offset, length))
        : Optional.empty();
  }

  private static Problem gone() {
    return Problem.of(404, "the object is no longer there; request the asset's own address again");
  }
}
