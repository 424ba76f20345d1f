package imageservice.functions.web;

import imageservice.functions.http.Answer;
import imageservice.functions.http.Conditional;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `GET /web/{path}`: the files of the pages, which lie in the jar. A client asks each time whether
/// its copy is still good.
public final class WebFiles {
  private static final Pattern NAME =
      Pattern.compile("(?:[a-z0-9]+/)?[a-z0-9-]+\\.(?<suffix>js|css|json|svg)");

  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml");

  private WebFiles() {}

  public static Answer find(Request request, Map<String, String> segments) {
    String name = Optional.ofNullable(segments.get("path")).orElseThrow();
    Matcher matcher = NAME.matcher(name);
    return (matcher.matches() ? read(name) : Optional.<String>empty())
        .<Answer>map(text -> answer(mediaType(matcher.group("suffix")), text))
        .orElseGet(
            () -> Problem.of(404, "no file of the pages: \"%s\"; they begin at /".formatted(name)));
  }

  /// `GET /openapi.json`: the description of the API for programs.
  public static Answer openApi(Request request, Map<String, String> segments) {
    return answer(mediaType("json"), read("openapi.json").orElseThrow());
  }

  private static String mediaType(String suffix) {
    return Optional.ofNullable(MEDIA_TYPES.get(suffix)).orElseThrow();
  }

  private static Response answer(String mediaType, String text) {
    return Conditional.tagged(
        Response.of(200, mediaType, text)
            .with("cache-control", "no-cache")
            .with("x-content-type-options", "nosniff"));
  }

  /// The text of a file of the jar.
  static Optional<String> read(String name) {
    try (InputStream content = WebFiles.class.getResourceAsStream(name)) {
      return content == null
          ? Optional.empty()
          : Optional.of(new String(content.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
