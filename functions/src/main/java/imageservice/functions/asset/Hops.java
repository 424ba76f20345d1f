package imageservice.functions.asset;

import imageservice.functions.http.Request;
import java.time.Duration;
import java.util.Locale;

/// Counts hops: redirects of a waiting client to the URL that it requested. Clients follow a
/// limited number of redirects in a row: Java's 5, Perl's 7, Go's and Ansible's 10, wget's and
/// browsers' 20, curl's 50.
final class Hops {
  static final String PARAMETER = "_hop";

  /// Of Ansible's modules, which give up where an answer takes 10 s.
  private static final String IMPATIENT = "ansible-httpget";

  private static final Duration IMPATIENCE = Duration.ofSeconds(7);

  private Hops() {}

  /// How long a request is held: less than its client waits for an answer.
  ///
  /// @param longest for any client
  static Duration hold(Request request, Duration longest) {
    boolean waitsShortly = agent(request).startsWith(IMPATIENT);
    return waitsShortly && longest.compareTo(IMPATIENCE) > 0 ? IMPATIENCE : longest;
  }

  /// How many hops the client gets: fewer than the redirects it follows, as the last one leads to
  /// the asset; 0 for iPXE, which repeats a request after a 503 by itself.
  static int limit(Request request) {
    return limit(agent(request));
  }

  /// How many hops this request has followed; 0 where the parameter is no number of up to 4 digits.
  static int followed(Request request) {
    String text = request.parameter(PARAMETER).orElse("0");
    return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
  }

  private static String agent(Request request) {
    return request.header("user-agent").orElse("").toLowerCase(Locale.ROOT);
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
    return agent.startsWith(IMPATIENT) ? 9 : 7;
  }
}
