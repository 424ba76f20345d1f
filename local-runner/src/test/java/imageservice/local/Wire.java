package imageservice.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.functions.Endpoint;
import imageservice.functions.http.JsonRequestLog;
import imageservice.functions.http.Responder;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A gateway's clients that write each byte themselves.
final class Wire {
  private Wire() {}

  /// A gateway with the ordinary limits but these.
  static Gateway bound(Duration silence, Duration arrival, int connections) {
    return bound(new Gateway.Limits(Gateway.TIMEOUT, silence, arrival, connections));
  }

  static Gateway bound(Gateway.Limits limits) {
    try {
      return Gateway.bind(ListenAddress.loopback(0), limits);
    } catch (CommandException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Backends of one function, of those, and without objects.
  static Backend backend(RequestStreamHandler function, PrintStream log) {
    return backend(everywhere(function), log);
  }

  static Backend backend(Map<Endpoint.Owner, RequestStreamHandler> functions, PrintStream log) {
    LinkCheck links = new LinkCheck(new Credentials("user", "secret"), InstantSource.system());
    return new Backend(
        functions,
        new ObjectDownloads(links, key -> Optional.empty()),
        new Responder("server", new JsonRequestLog(log)),
        new Measurements());
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
  private static Map<Endpoint.Owner, RequestStreamHandler> everywhere(
      RequestStreamHandler function) {
    return Arrays.stream(Endpoint.Owner.values())
        .collect(Collectors.toMap(owner -> owner, owner -> function));
  }
}
