package imageservice.functions.configuration;

import imageservice.configuration.InvalidConfigurationException;
import imageservice.functions.http.Acceptance;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What clients do to a document on its way here, told from what arrives, so that the answer names
/// the cause instead of what the parser stumbled over.
final class PostedBody {
  /// The end of a key. A pattern of the whole key would take time in the square of a long word.
  private static final Pattern KEY = Pattern.compile("[A-Za-z]:(?=\\s|$)");

  /// Documents in JSON's style need no line breaks.
  private static final Pattern FLOW = Pattern.compile("\\s*(\"?[A-Za-z]+\"?:\\s*)?[\\[{].*");

  private static final Pattern LINE_BREAK = Pattern.compile("[\\n\\r]");

  private PostedBody() {}

  /// The refusal of a body that is no document but holds one.
  static Optional<Problem> refusal(Request request) {
    if (isCompressed(request)) {
      return Optional.of(
          Problem.of(415, "the body is compressed: send the document itself, uncompressed"));
    }
    return isMultipart(request)
        ? Optional.of(
            Problem.of(
                415,
                "the body is multipart, a form with files (curl -F): send the document itself, as"
                    + " with curl --data-binary @FILE"))
        : Optional.empty();
  }

  /// The answer to a document that is refused: the reference's words come first, as clients know
  /// them, then what is expected or what seems to have happened. Clients know `EOF` alone for a
  /// document of nothing, so more is said of it only to those that ask for JSON.
  static Problem refusal(InvalidConfigurationException refused, Request request) {
    Optional<String> damage = damage(request.body().text());
    String explained =
        damage.map(words -> refused.line() + "; " + words).orElseGet(refused::explained);
    return switch (refused.kind()) {
      case TOO_LARGE -> Problem.of(413, refused.line());
      case MALFORMED -> Problem.of(400, explained);
      case EMPTY ->
          Problem.of(
              400,
              damage.isPresent() || Acceptance.prefersJson(request) ? explained : refused.line());
    };
  }

  private static boolean isCompressed(Request request) {
    String encoding = request.header("content-encoding").orElse("identity").strip();
    byte[] body = request.body().bytes();
    boolean isGzip = body.length >= 2 && (body[0] & 0xFF) == 0x1F && (body[1] & 0xFF) == 0x8B;
    return isGzip || !(encoding.isEmpty() || encoding.equalsIgnoreCase("identity"));
  }

  private static boolean isMultipart(Request request) {
    String type = request.header("content-type").orElse("").strip();
    return type.toLowerCase(Locale.ROOT).startsWith("multipart/");
  }

  private static Optional<String> damage(String text) {
    if (LINE_BREAK.matcher(text).find()) {
      return Optional.empty();
    }
    if (text.indexOf(':') < 0 && text.toUpperCase(Locale.ROOT).contains("%3A")) {
      return Optional.of(
          "the document seems to be percent-encoded: send the file with curl --data-binary @FILE");
    }
    return lacksLineBreaks(text)
        ? Optional.of(
            "line breaks seem to be missing: send the file with --data-binary, as curl -d strips"
                + " them")
        : Optional.empty();
  }

  private static boolean lacksLineBreaks(String text) {
    return KEY.matcher(text).results().limit(2).count() == 2 && !FLOW.matcher(text).matches();
  }
}
