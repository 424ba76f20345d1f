package imageservice.local;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/// Where the service listens.
///
/// @param address of this machine; `0.0.0.0` or `::` for all that it has
/// @param port 0 for any that is free
record ListenAddress(InetAddress address, int port) {
  /// The option that names an address.
  static final String SWITCH = "--listen";

  static final String LOOPBACK = "127.0.0.1";

  /// The address of this machine alone.
  static ListenAddress loopback(int port) {
    return new ListenAddress(InetAddress.ofLiteral(LOOPBACK), port);
  }

  /// @param text an address as numbers, all of them: a name may mean another one tomorrow
  static ListenAddress parse(String text, int port) throws CommandException {
    try {
      InetAddress address = InetAddress.ofLiteral(text);
      if (address instanceof Inet6Address || address.getHostAddress().equals(text)) {
        return new ListenAddress(address, port);
      }
    } catch (IllegalArgumentException e) {
      // It is a name, or nothing.
    }
    throw new CommandException(
        "%s %s: not an IP address of this machine, such as 192.168.1.5, or 0.0.0.0 for all that it has"
            .formatted(SWITCH, text));
  }

  /// Whether other machines can reach the service.
  boolean isOpen() {
    return !address.isLoopbackAddress();
  }

  /// What whoever starts it should know.
  ///
  /// @param encrypted whether it speaks HTTPS
  Optional<String> warning(boolean encrypted) {
    return isOpen()
        ? Optional.of(
            "Other machines can reach the service, on "
                + this
                + ": whoever does can make configurations and builds. It has no users and no"
                + (encrypted ? " passwords." : " passwords, and encrypts nothing."))
        : Optional.empty();
  }

  /// Whether it is no address that clients could use.
  boolean isEvery() {
    return address.isAnyLocalAddress();
  }

  /// The service's own URL, with a final slash; on this machine where it listens on all addresses.
  ///
  /// @param scheme `http` or `https`
  /// @param bound the port that was taken
  String url(String scheme, int bound) {
    String host = isEvery() ? LOOPBACK : address.getHostAddress();
    return "%s://%s:%d/"
        .formatted(
            scheme, address instanceof Inet6Address && !isEvery() ? "[" + host + "]" : host, bound);
  }

  @Override
  public String toString() {
    return address.getHostAddress();
  }
}
