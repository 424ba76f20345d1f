package imageservice.functions.web;

import imageservice.functions.http.Answer;
import imageservice.functions.http.Conditional;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import java.util.Map;

/// The one page for people. Its scripts show what its address asks for: the wizard, the downloads
/// of a configuration, or a build.
public final class Page {
  static final String HTML = "text/html; charset=utf-8";

  /// Nothing from elsewhere, and nothing within the page but what files bring.
  private static final String POLICY =
      "default-src 'self'; base-uri 'self'; object-src 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final String BASE = "<base href=\"./\">";

  private Page() {}

  public static Answer show(Request request, Map<String, String> segments) {
    return of(request);
  }

  public static Response of(Request request) {
    return Conditional.tagged(
        page(request, "index.html").with("cache-control", "no-cache").with("vary", vary()));
  }

  /// What a cache must tell requests by where an address has a page and something else.
  public static String vary() {
    return "Origin, Accept, Sec-Fetch-Mode, Sec-Fetch-Dest, User-Agent";
  }

  /// A page of the jar, whose links are relative to the service's own address, whatever that is.
  static Response page(Request request, String file) {
    String text = WebFiles.read(file).orElseThrow();
    return Response.of(200, HTML, text.replace(BASE, "<base href=\"" + up(request.path()) + "\">"))
        .with("content-security-policy", POLICY)
        .with("referrer-policy", "no-referrer")
        .with("x-content-type-options", "nosniff");
  }

  /// The way from a path to the service's own address.
  private static String up(String path) {
    long folders = path.chars().filter(c -> c == '/').count() - 1;
    return folders <= 0 ? "./" : "../".repeat(Math.toIntExact(folders));
  }
}
