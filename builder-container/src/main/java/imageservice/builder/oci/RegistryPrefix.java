package imageservice.builder.oci;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a registry's images are: host, optional port, and what is put before every repository,
/// such as `ghcr.io/siderolabs/` or `127.0.0.1:5000/siderolabs/`.
///
/// @param plain whether to talk HTTP without TLS
/// @param authority host and optional port, in lower case
/// @param namespace before every repository: empty, or ending in `/`
public record RegistryPrefix(boolean plain, String authority, String namespace) {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "((?i:https?)://)?((?:[A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+])(?::[0-9]{1,5})?)(?:/(.*))?");
  private static final Pattern LOOPBACK =
      Pattern.compile("(?:localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1])(?::[0-9]+)?");

  public RegistryPrefix {
    if (!namespace.isEmpty()) {
      OciNames.requireRepository(namespace.replaceFirst("/$", ""));
      namespace = namespace.replaceFirst("/$", "") + "/";
    }
  }

  /// Reads `[http[s]://]host[:port][/namespace[/]]`. Without a scheme, loopback hosts are spoken to
  /// over plain HTTP and all others over TLS.
  public static RegistryPrefix parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a registry prefix: " + text);
    }
    String authority = matcher.group(2).toLowerCase(Locale.ROOT);
    URI host = URI.create("https://" + authority);
    if (host.getHost() == null || host.getPort() > 65_535) {
      throw new IllegalArgumentException("not a registry prefix: " + text);
    }
    String namespace = matcher.group(3) == null ? "" : matcher.group(3);
    return new RegistryPrefix(isPlain(matcher.group(1), authority), authority, namespace);
  }

  private static boolean isPlain(@Nullable String scheme, String authority) {
    return scheme == null
        ? LOOPBACK.matcher(authority).matches()
        : scheme.equalsIgnoreCase("http://");
  }

  /// @param rest below the repository, such as `tags/list`
  URI uri(String repository, String rest) {
    return root().resolve("/v2/" + namespace + repository + "/" + rest);
  }

  /// The address of the host that speaks the registry's protocol.
  URI root() {
    String endpoint = KnownRegistry.of(authority).map(KnownRegistry::endpoint).orElse(authority);
    return URI.create((plain ? "http://" : "https://") + endpoint + "/");
  }

  @Override
  public String toString() {
    return authority + "/" + namespace;
  }
}
