package imageservice.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.functions.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// A gateway's clients that write each byte themselves.
final class Wire {
  private Wire() {}

  static Gateway bound(Duration silence, int connections) {
    try {
      return Gateway.bind(0, Gateway.TIMEOUT, silence, connections);
    } catch (CommandException e) {
      throw new IllegalStateException(e);
    }
  }

  static Socket connect(Gateway gateway) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// What comes until the connection ends, in whichever way.
  static String rest(Socket socket) throws IOException {
    StringBuilder rest = new StringBuilder();
    try {
      for (int b = socket.getInputStream().read(); b >= 0; b = socket.getInputStream().read()) {
        rest.append((char) b);
      }
    } catch (SocketException e) {
      // Cut off, which is an end too.
    }
    return rest.toString();
  }

  /// One function behind every path.
  static Map<Endpoint.Owner, RequestStreamHandler> everywhere(RequestStreamHandler function) {
    return Arrays.stream(Endpoint.Owner.values())
        .collect(Collectors.toMap(owner -> owner, owner -> function));
  }
}
