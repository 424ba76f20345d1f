package imageservice.blackbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Ports for services whose own address has to be known before they start.
final class FreePort {
  private FreePort() {}

  /// One that nobody listens on at the moment.
  static int find() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
