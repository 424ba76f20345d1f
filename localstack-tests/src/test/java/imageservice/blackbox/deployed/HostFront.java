package imageservice.blackbox.deployed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An address for an API that the emulator tells apart by the name in `Host`: passes connections on
/// and changes that header of a connection's one request, nothing else.
final class HostFront implements AutoCloseable {
  private static final int HEAD = 64 << 10;

  /// The first byte of a TLS connection (RFC 8446, 5.1), and of no HTTP request.
  private static final int TLS_HANDSHAKE = 22;

  private static final InetAddress LOOPBACK = loopback();

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile int behind;
  private volatile String host = "";

  HostFront() throws IOException {
    server = new ServerSocket(0, 256, LOOPBACK);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/";
  }

  /// @param port of the emulator
  /// @param name of the API
  void open(int port, String name) {
    behind = port;
    host = name;
    var _ =
        threads.submit(() -> {
          while (true) {
            Socket client = server.accept();
            var _ = threads.submit(() -> pass(client));
          }
        });
  }

  private Void pass(Socket client) throws IOException {
    try (client;
        Socket api = new Socket(LOOPBACK, behind)) {
      OutputStream to = api.getOutputStream();
      to.write(changed(head(client.getInputStream())).getBytes(ISO_8859_1));
      to.flush();
      var _ = threads.submit(() -> client.getInputStream().transferTo(to));
      api.getInputStream().transferTo(client.getOutputStream());
      return null;
    }
  }

  /// Clients that try TLS first are hung up on, as they would wait for the rest of their request.
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0 || next == TLS_HANDSHAKE || head.size() > HEAD) {
        throw new IOException("no whole head");
      }
      head.write(next);
    }
    return head.toString(ISO_8859_1);
  }

  private String changed(String head) {
    return head.replaceFirst("(?im)^host:[^\r\n]*", "Host: " + host)
        .replaceAll("(?im)^connection:[^\r\n]*\r\n", "")
        .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }
}
