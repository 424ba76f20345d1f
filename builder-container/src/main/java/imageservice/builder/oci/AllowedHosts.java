package imageservice.builder.oci;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Hosts besides its own that a registry may send its clients to, with redirects and as token
/// servers. A registry that may name any host could have the service ask machines that only the
/// service reaches.
///
/// @param hosts each `host`, which stands for the port of the scheme, `host:port`, or `*.domain`
///   for every host below a domain; in lower case
public record AllowedHosts(Set<String> hosts) {
  /// The command-line option that names them.
  public static final String SWITCH = "--source-hosts";

  /// The variable that names them on AWS.
  public static final String VARIABLE = "SOURCE_HOSTS";

  public static final AllowedHosts NONE = new AllowedHosts(Set.of());

  private static final Pattern HOST =
      Pattern.compile("(?:(?:\\*\\.)?[a-z0-9.-]+|\\[[0-9a-f:.]+])(?::[0-9]{1,5})?");

  public AllowedHosts {
    hosts = Set.copyOf(hosts);
    for (String host : hosts) {
      if (!HOST.matcher(host).matches()) {
        throw new IllegalArgumentException(
            "not a host: " + host + "; give names such as storage.example or 10.0.0.7:9000");
      }
    }
  }

  /// Reads hosts that are separated by commas or blanks.
  public static AllowedHosts parse(String text) {
    return new AllowedHosts(
        Arrays.stream(text.split("[\\s,]+"))
            .filter(host -> !host.isEmpty())
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet()));
  }

  AllowedHosts and(Set<String> others) {
    Set<String> all = new TreeSet<>(hosts);
    all.addAll(others);
    return new AllowedHosts(all);
  }

  boolean contain(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (hosts.contains(host + ":" + Origin.of(uri).port())) {
      return true;
    }
    return Origin.of(uri).hasStandardPort()
        && (hosts.contains(host)
            || hosts.stream()
                .anyMatch(each -> each.startsWith("*.") && host.endsWith(each.substring(1))));
  }
}
