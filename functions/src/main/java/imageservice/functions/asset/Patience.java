package imageservice.functions.asset;

import imageservice.functions.http.Request;
import java.util.Locale;

/// How often a client is sent round again before it is told to come back. Clients follow a limited
/// number of redirects each: Java's 5, Perl's 7, Go's 10, wget's and browsers' 20, curl's 50.
final class Patience {
  static final String HOP = "_hop";

  private Patience() {}

  /// Redirects to itself that the client follows, one fewer than in all, as the last goes to the
  /// object; none for a client that asks again by itself (iPXE).
  static int hops(Request request) {
    return hops(request.header("user-agent").orElse("").toLowerCase(Locale.ROOT));
  }

  /// How often this request was sent round already; a number that is none counts as the first time.
  static int hop(Request request) {
    String text = request.parameter(HOP).orElse("0");
    return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
  }

  private static int hops(String agent) {
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
