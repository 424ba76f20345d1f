package imageservice.functions.http;

import java.util.Locale;

/// Tells a person who opens an address in a browser from a program that downloads it, so that no
/// program is given a page in place of a file.
public final class Navigation {
  private Navigation() {}

  /// Whether the request opens a page: a browser says so by fetch metadata, where the address is
  /// one that it trusts; elsewhere it names HTML first, and itself `Mozilla/`, which Java's own
  /// client does not that names HTML first as well.
  public static boolean isOf(Request request) {
    if (!request.method().equals("GET") || request.header("range").isPresent()) {
      return false;
    }
    boolean hasMetadata = request.header("sec-fetch-mode").isPresent();
    return hasMetadata
        ? is(request, "sec-fetch-mode", "navigate") && is(request, "sec-fetch-dest", "document")
        : Acceptance.prefersHtml(request)
            && request
                .header("user-agent")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .startsWith("mozilla/");
  }

  private static boolean is(Request request, String header, String value) {
    return request.header(header).orElse(value).equals(value);
  }
}
