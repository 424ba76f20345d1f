package imageservice.builder.oci;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a registry's images are: host, optional port, and what is put before every repository,
/// such as `ghcr.io/siderolabs/` or `127.0.0.1:5000/siderolabs/`.
///
/// @param plain whether to talk HTTP without TLS
/// @param authority host and optional port
/// @param namespace before every repository: empty, or ending in `/`
public record RegistryPrefix(boolean plain, String authority, String namespace) {
  private static final Pattern SYNTAX =
      Pattern.compile("((?:[A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+])(?::[0-9]{1,5})?)(?:/(.*))?");
  private static final Pattern LOOPBACK =
      Pattern.compile("(?:localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1])(?::[0-9]+)?");

  public RegistryPrefix {
    if (!namespace.isEmpty()) {
      OciNames.requireRepository(namespace.replaceFirst("/$", ""));
      namespace = namespace.replaceFirst("/$", "") + "/";
    }
  }

  /// Reads `host[:port][/namespace[/]]`. Loopback hosts are spoken to over plain HTTP, all others
  /// over TLS.
  public static RegistryPrefix parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a registry prefix: " + text);
    }
    String authority = matcher.group(1).toLowerCase(Locale.ROOT);
    if (URI.create("https://" + authority).getPort() > 65_535) {
      throw new IllegalArgumentException("not a registry prefix: " + text);
    }
    String namespace = matcher.group(2) == null ? "" : matcher.group(2);
    return new RegistryPrefix(LOOPBACK.matcher(authority).matches(), authority, namespace);
  }

  /// The same prefix over plain HTTP, on the operator's word.
  public RegistryPrefix overPlainHttp() {
    return new RegistryPrefix(true, authority, namespace);
  }

  /// @param rest below the repository, such as `tags/list`
  URI uri(String repository, String rest) {
    return URI.create(
        "%s://%s/v2/%s%s/%s"
            .formatted(plain ? "http" : "https", authority, namespace, repository, rest));
  }

  /// Whether requests may go there: TLS always, plain HTTP only where the registry itself is plain.
  boolean allows(URI uri) {
    return uri.getHost() != null
        && uri.getUserInfo() == null
        && uri.getPort() <= 65_535
        && ("https".equalsIgnoreCase(uri.getScheme())
            || (plain && "http".equalsIgnoreCase(uri.getScheme())));
  }

  @Override
  public String toString() {
    return authority + "/" + namespace;
  }
}
