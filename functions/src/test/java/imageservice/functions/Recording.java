package imageservice.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// Exchanges as files of test data have them: `===` before method and address, `>` before what was
/// sent, the status, `<` before headers and `|` before a line of the body. A line that begins with
/// `#` is a remark about the exchanges below it; words in place of a status are one as well.
final class Recording {
  private Recording() {}

  /// One exchange.
  ///
  /// @param number in its file, as some requests were made twice
  /// @param remark the last one before it
  record Exchange(
      int number,
      String remark,
      String method,
      String address,
      Map<String, String> sent,
      String sentBody,
      int status,
      Map<String, String> headers,
      Optional<String> body) {
    /// What was asked; requests with different headers may share it.
    String name() {
      return (method + " " + address + " " + sentBody).stripTrailing();
    }

    @Override
    public String toString() {
      return number + " " + name();
    }
  }

  static List<Exchange> read(String resource) throws IOException {
    List<Exchange> exchanges = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    String remark = "";
    for (String line : (text(resource) + "# end\n").lines().toList()) {
      if ((line.startsWith("=== ") || line.startsWith("# ")) && !lines.isEmpty()) {
        exchanges.add(exchange(exchanges.size(), remark, lines));
        lines.clear();
      }
      if (line.startsWith("# ")) {
        remark = line.substring(2);
      } else if (!line.isBlank()) {
        lines.add(line);
      }
    }
    return exchanges;
  }

  private static String text(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(Recording.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static Exchange exchange(int number, String remark, List<String> lines) {
    String[] first = lines.getFirst().substring("=== ".length()).split(" ", 2);
    Map<String, String> sent = new TreeMap<>();
    Map<String, String> headers = new TreeMap<>();
    StringBuilder body = new StringBuilder();
    String sentBody = "";
    int status = 0;
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith("    > body '")) {
        sentBody = line.substring("    > body '".length(), line.length() - 1);
      } else if (line.startsWith("    > ")) {
        put(sent, line);
      } else if (line.startsWith("    < ")) {
        put(headers, line);
      } else if (line.startsWith("    |")) {
        body.append(line.substring(Math.min(6, line.length()))).append('\n');
      } else if (line.matches("[0-9]{3}")) {
        status = Integer.parseInt(line);
      }
    }
    return new Exchange(
        number,
        remark,
        first[0],
        first[1],
        sent,
        sentBody,
        status,
        headers,
        body.isEmpty() ? Optional.empty() : Optional.of(body.toString()));
  }

  private static void put(Map<String, String> headers, String line) {
    String[] parts = line.substring(6).split(": ", 2);
    headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
  }
}
