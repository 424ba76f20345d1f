package imageservice.functions.asset;

import imageservice.functions.http.Request;
import java.util.Locale;

/// Counts hops: redirects of a waiting client to the URL that it requested. Clients follow a
/// limited number of redirects in a row: Java's 5, Perl's 7, Go's 10, wget's and browsers' 20,
/// curl's 50.
final class Hops {
  static final String PARAMETER = "_hop";

  private Hops() {}

  /// How many hops the client gets: fewer than the redirects it follows, as the last one leads to
  /// the asset; 0 for iPXE, which repeats a request after a 503 by itself.
  static int limit(Request request) {
    return limit(request.header("user-agent").orElse("").toLowerCase(Locale.ROOT));
  }

  /// How many hops this request has followed; 0 where the parameter is no number of up to 4 digits.
  static int followed(Request request) {
    String text = request.parameter(PARAMETER).orElse("0");
    return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
  }

  /// @param agent header `User-Agent` in lower case
  private static int limit(String agent) {
    if (agent.startsWith("ipxe/")) {
      return 0;
    }
    if (agent.startsWith("curl/")) {
      return 45;
    }
    if (agent.startsWith("wget") || agent.startsWith("aria2") || agent.startsWith("mozilla")) {
      return 18;
    }
    if (agent.startsWith("java-http-client/") || agent.startsWith("java/")) {
      return 3;
    }
    if (agent.startsWith("libwww-perl") || agent.startsWith("pve")) {
      return 5;
    }
    return 7;
  }
}
