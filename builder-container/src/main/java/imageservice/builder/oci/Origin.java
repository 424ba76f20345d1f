package imageservice.builder.oci;

import java.net.URI;
import java.util.Locale;

/// Scheme, host and port of an address (RFC 6454): what credentials belong to.
///
/// @param scheme in lower case
/// @param host in lower case
record Origin(String scheme, String host, int port) {
  /// @param uri with scheme and host
  static Origin of(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : standardPort(scheme);
    return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
  }

  boolean isTls() {
    return scheme.equals("https");
  }

  boolean hasStandardPort() {
    return port == standardPort(scheme);
  }

  /// As an operator names it: the host, with the port where it is not the scheme's own.
  @Override
  public String toString() {
    return hasStandardPort() ? host : host + ":" + port;
  }

  private static int standardPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }
}
