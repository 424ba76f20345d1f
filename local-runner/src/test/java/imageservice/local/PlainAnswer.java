package imageservice.local;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// An answer on a connection of its own, read to its end. Plain sockets, as a client that does more
/// takes as long as the service.
///
/// @param bytes of its body
record PlainAnswer(String head, long bytes) {
  private static final int BUFFER = 256 << 10;

  static PlainAnswer of(URI address) throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
      socket
          .getOutputStream()
          .write(
              "GET %s%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(address.getRawPath(), query, address.getAuthority())
                  .getBytes(StandardCharsets.US_ASCII));
      return read(socket.getInputStream());
    }
  }

  private static PlainAnswer read(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER];
    int filled = 0;
    int end = -1;
    while (end < 0) {
      int got = in.read(buffer, filled, BUFFER - filled);
      if (got <= 0) {
        throw new EOFException("the answer has no end of its head");
      }
      filled += got;
      end = new String(buffer, 0, filled, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
    }
    String head = new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
    long bytes = (long) filled - end - 4;
    for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
      bytes += got;
    }
    return new PlainAnswer(head, bytes);
  }

  Optional<String> location() {
    return header("location");
  }

  boolean isWhole() {
    return head.startsWith("HTTP/1.1 200 ")
        && header("content-length").map(Long::parseLong).filter(n -> n == bytes).isPresent();
  }

  private Optional<String> header(String name) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
        .map(line -> line.substring(name.length() + 2))
        .findFirst();
  }
}
