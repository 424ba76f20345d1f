package imageservice.functions.asset;

import imageservice.functions.http.Request;
import java.util.Locale;

/// Redirects of a waiting client to the address that it asked for. Clients follow a limited number
/// of redirects in a row: Java's 5, Perl's 7, Go's 10, wget's and browsers' 20, curl's 50.
final class Hops {
  static final String PARAMETER = "_hop";

  private Hops() {}

  /// Redirects that the client may be sent, fewer than it follows, as the last one goes to the
  /// object; none for iPXE, which asks again by itself.
  static int most(Request request) {
    return most(request.header("user-agent").orElse("").toLowerCase(Locale.ROOT));
  }

  /// Redirects that this request has followed already; a text that is no number counts as none.
  static int followed(Request request) {
    String text = request.parameter(PARAMETER).orElse("0");
    return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
  }

  private static int most(String agent) {
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
