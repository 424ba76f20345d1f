package imageservice.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.http.Response;
import imageservice.release.CatalogueExtension;
import imageservice.release.Digest;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the peer service answered, request by request, and what we answer. Where the two differ on
/// purpose the reason is written down here.
final class GoldenRequestsTest {
  private static final String EMBEDDED =
      "customization:\n    embeddedMachineConfiguration: |\n        apiVersion: v1alpha1\n        kind: HostnameConfig\n        hostname: golden\n        auto: off\n";

  /// Documents behind the ids of the recording.
  private static final List<String> DOCUMENTS =
      List.of(
          "{}",
          "customization: {systemExtensions: {officialExtensions: [nope/x]}}",
          "customization: {systemExtensions: {officialExtensions: [siderolabs/mini-hello]}}",
          "overlay: {image: siderolabs/sbc-raspberrypi, name: rpi_generic}",
          "customization: {secureboot: {enrollKeys: bogus}}",
          "customization: {diskImage: {sectorSize: 1000}}",
          EMBEDDED);

  /// What the recorded releases offered besides their own files: no overlays, no talosctl.
  private static final List<ReleaseDocument> CATALOGUES =
      List.of(
          catalogue(
              "v1.9.5",
              "e9722e80ed0d9e61ee67957a8b65eb1ad069e8d8276edd12af212e615cdbbc3f",
              "2cd42f51bfc676a51336dbc5c975e0601eb5ed25523db4a0a990076fc2a54d19",
              "2de222b9645b37dc90379ab93b0002ce21a74bbadc284f22d2129cf44f08bdeb"),
          catalogue("v1.11.0", "0".repeat(64), "1".repeat(64), "2".repeat(64)),
          catalogue(
              "v1.13.2",
              "724d23d1ff08ded6612d9ce44a52c96db4a052f01b0737dfd1943a7b35a721a0",
              "890a3336fcd3144d51eed24e6da41853dd2765fc5bc8b2df46903d20a19c6c55",
              "4f197937cd7175596b34c13bbed5f384ffeab0f76b00cf1d38d118e0ad8b8a83"));

  private static ReleaseDocument catalogue(
      String version, String firmware, String hello, String module) {
    return new ReleaseDocument(
        TalosVersion.parse(version).orElseThrow(),
        Optional.of(
            List.of(
                extension("mini-firmware", "1.2.3", firmware),
                extension("mini-hello", "1.0.0", hello),
                extension("mini-module", "6.1.0-" + version, module))),
        Optional.empty(),
        Optional.empty());
  }

  private static CatalogueExtension extension(String name, String tag, String hex) {
    return new CatalogueExtension(
        "siderolabs/" + name,
        "127.0.0.1:5005/siderolabs/" + name + ":" + tag,
        new Digest("sha256:" + hex),
        "Mini Release",
        name + ", an extension for tests.\n");
  }

  /// One recorded exchange.
  ///
  /// @param number of the recording, as some requests were made twice
  record Exchange(
      int number,
      String method,
      String address,
      Map<String, String> sent,
      String sentBody,
      int status,
      Map<String, String> headers,
      Optional<String> body) {
    String name() {
      return method + " " + address;
    }

    @Override
    public String toString() {
      return number + " " + name();
    }
  }

  /// What we answer instead, and why.
  record Difference(int status, String body, String reason) {}

  private static final Map<String, String> ALLOWED = Map.of("GET, OPTIONS", "GET, HEAD, OPTIONS");

  static Stream<Exchange> exchanges() throws IOException {
    return Recording.read().stream();
  }

  @Test
  void everyDifferenceIsOfARecordedRequest() throws IOException {
    Set<String> names = new HashSet<>(Recording.read().stream().map(Exchange::name).toList());
    assertThat(names).containsAll(Recording.differences().keySet());
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void weAnswerAlikeOrOtherwiseForAReason(Exchange exchange) throws IOException {
    Response ours =
        service()
            .send(
                exchange.method(),
                exchange.address().replace("%2e", "."),
                exchange.sent(),
                exchange.sentBody());
    Difference difference = Recording.differences().get(exchange.name());
    if (difference == null) {
      assertAlike(exchange, ours);
    } else {
      assertThat(ours.status()).as(difference.reason()).isEqualTo(difference.status());
      assertThat(firstLine(ours))
          .as(difference.reason())
          .matches(line -> isAlike(line, difference.body(), difference.status()));
      assertThat(
              ours.status() == exchange.status()
                  && exchange.body().equals(Optional.of(ours.body().text())))
          .as("a difference that is none any more")
          .isFalse();
    }
  }

  /// Our refusals begin with the peer's, and go on with what to do after a semicolon, colon or
  /// bracket. Those that clients parse are whole: {@link RefusalTextsTest}.
  private static boolean isAlike(String ours, String theirs, int status) {
    boolean goesOn = ours.startsWith(theirs + "; ") || ours.startsWith(theirs + " (");
    return ours.equals(theirs) || (status >= 400 && goesOn);
  }

  private static String firstLine(Response response) {
    return response.body().text().lines().findFirst().orElse("");
  }

  private static void assertAlike(Exchange exchange, Response ours) {
    if (exchange.status() == 200 && exchange.address().startsWith("/image")) {
      assertRedirected(exchange, ours);
      return;
    }
    assertThat(ours.status()).isEqualTo(exchange.status());
    exchange
        .body()
        .filter(text -> !exchange.method().equals("HEAD") && !text.startsWith("<a"))
        .ifPresent(text ->
            assertThat(ours.body().text())
                .as(text)
                .matches(body -> isAlike(body.stripTrailing(), text.stripTrailing(), ours.status()))
                .endsWith(text.endsWith("\n") ? "\n" : ""));
    exchange.headers().forEach((name, value) -> assertHeader(name, value, exchange, ours));
  }

  /// Bytes come from the bucket, by a link that says the name to save them under. Names that the
  /// peer copied raw into its header are judged by {@link imageservice.functions.asset}'s tests.
  private static void assertRedirected(Exchange exchange, Response ours) {
    assertThat(ours.status()).isEqualTo(302);
    String location = ours.header("location").orElseThrow();
    assertThat(location).contains("method=" + exchange.method());
    String disposition = Objects.requireNonNull(exchange.headers().get("content-disposition"));
    String wanted = disposition.substring(disposition.indexOf('"') + 1, disposition.length() - 1);
    if (!wanted.matches("[\\x20-\\x7e&&[^/\"]]+")) {
      return;
    }
    String own = location.substring(location.lastIndexOf('/') + 1, location.indexOf('?'));
    int named = location.indexOf("&name=");
    assertThat(named < 0 ? own : location.substring(named + "&name=".length())).isEqualTo(wanted);
  }

  private static void assertHeader(String name, String value, Exchange exchange, Response ours) {
    switch (name) {
      case "allow" -> assertThat(ours.header("allow")).contains(ALLOWED.getOrDefault(value, value));
      case "content-type" -> assertMediaType(value, exchange, ours);
      case "access-control-expose-headers" ->
          assertThat(ours.header(name).orElseThrow()).contains(value.split(", ", -1));
      case "access-control-allow-headers" ->
          assertThat(ours.header(name).orElseThrow()).contains(value);
      default -> assertThat(ours.header(name)).as(name).contains(value);
    }
  }

  /// The peer leaves some types to a guess, and gives redirects a page.
  private static void assertMediaType(String value, Exchange exchange, Response ours) {
    if (exchange.status() == 200 && exchange.address().startsWith("/version")) {
      assertThat(ours.header("content-type")).contains("application/json");
    } else if (exchange.status() != 301) {
      assertThat(ours.header("content-type")).contains(value);
    }
  }

  private static TestService service() throws IOException {
    TestService service =
        new TestService()
            .offering(
                "v1.5.5", "v1.6.8", "v1.7.6", "v1.8.3", "v1.8.4", "v1.9.5", "v1.10.7", "v1.10.9",
                "v1.11.0", "v1.12.4", "v1.12.6", "v1.13.2", "v1.14.0")
            .pxe("http://127.0.0.1:8090/")
            .quickBuilder();
    for (ReleaseDocument document : CATALOGUES) {
      service.write(document);
    }
    DOCUMENTS.forEach(service::post);
    return service;
  }

  /// The file of recorded exchanges.
  static final class Recording {
    private Recording() {}

    static List<Exchange> read() throws IOException {
      List<Exchange> exchanges = new ArrayList<>();
      String text = resource("golden-requests.txt");
      for (String block : text.substring(text.indexOf("\n=== ")).split("(?m)^=== ", -1)) {
        if (!block.isBlank()) {
          exchanges.add(exchange(exchanges.size(), block.lines().toList()));
        }
      }
      return exchanges;
    }

    /// By method and address.
    static Map<String, Difference> differences() throws IOException {
      Map<String, Difference> differences = new TreeMap<>();
      String reason = "";
      for (String line : resource("golden-differences.txt").lines().toList()) {
        if (line.startsWith("# ")) {
          reason = line.substring(2);
        } else if (!line.isEmpty()) {
          String[] columns = line.split("\t", 3);
          differences.put(
              columns[0], new Difference(Integer.parseInt(columns[1]), columns[2], reason));
        }
      }
      return differences;
    }

    private static String resource(String name) throws IOException {
      try (InputStream in =
          Objects.requireNonNull(GoldenRequestsTest.class.getResourceAsStream(name), name)) {
        return new String(in.readAllBytes(), UTF_8);
      }
    }

    private static Exchange exchange(int number, List<String> lines) {
      String[] first = lines.getFirst().split(" ", 2);
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
      headers.put(parts[0].toLowerCase(java.util.Locale.ROOT), parts[1]);
    }
  }
}
