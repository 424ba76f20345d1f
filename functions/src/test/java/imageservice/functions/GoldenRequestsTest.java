package imageservice.functions;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.Recording.Exchange;
import imageservice.functions.http.Response;
import imageservice.release.CatalogueExtension;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the peer service answered, request by request, and what we answer. Where the two differ on
/// purpose, `golden-differences.txt` has our whole answer and the reason.
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
        Optional.empty(),
        new InstallerBase.Image(new Digest("sha256:" + hello)));
  }

  private static CatalogueExtension extension(String name, String tag, String hex) {
    return new CatalogueExtension(
        "siderolabs/" + name,
        "127.0.0.1:5005/siderolabs/" + name + ":" + tag,
        new Digest("sha256:" + hex),
        "Mini Release",
        name + ", an extension for tests.\n");
  }

  private static final Map<String, String> ALLOWED = Map.of("GET, OPTIONS", "GET, HEAD, OPTIONS");

  static Stream<Exchange> exchanges() throws IOException {
    return Recording.read("golden-requests.txt").stream();
  }

  private static Map<String, Exchange> differences() throws IOException {
    return Recording.read("golden-differences.txt").stream()
        .collect(Collectors.toMap(Exchange::name, difference -> difference));
  }

  @Test
  void everyDifferenceIsOfARecordedRequest() throws IOException {
    assertThat(exchanges().map(Exchange::name)).containsAll(differences().keySet());
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void weAnswerAlikeOrOtherwiseForAReason(Exchange recorded) throws IOException {
    Response ours =
        service()
            .send(
                recorded.method(),
                recorded.address().replace("%2e", "."),
                recorded.sent(),
                recorded.sentBody());
    Optional<Exchange> difference = Optional.ofNullable(differences().get(recorded.name()));
    if (difference.isPresent()) {
      assertDiffers(recorded, difference.get(), ours);
    } else {
      assertAlike(recorded, ours);
    }
  }

  /// The whole text is the one written down, and where the status is the peer's, so are the
  /// headers.
  private static void assertDiffers(Exchange recorded, Exchange difference, Response ours) {
    assertThat(ours.status()).as(difference.remark()).isEqualTo(difference.status());
    assertThat(ours.body().text()).as(difference.remark()).isEqualTo(difference.body().orElse(""));
    assertThat(ours.status() == recorded.status() && recorded.body().equals(difference.body()))
        .as("a difference that is none any more")
        .isFalse();
    if (ours.status() == recorded.status()) {
      assertHeaders(recorded, ours);
    }
  }

  private static void assertAlike(Exchange recorded, Response ours) {
    if (recorded.status() == 200 && recorded.address().startsWith("/image")) {
      assertRedirected(recorded, ours);
      return;
    }
    assertThat(ours.status()).isEqualTo(recorded.status());
    recorded
        .body()
        .filter(text -> !recorded.method().equals("HEAD") && !text.startsWith("<a"))
        .ifPresent(text -> assertThat(ours.body().text()).isEqualTo(text));
    assertHeaders(recorded, ours);
  }

  private static void assertHeaders(Exchange recorded, Response ours) {
    recorded.headers().forEach((name, value) -> assertHeader(name, value, recorded, ours));
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
            .signing()
            .quickBuilder();
    for (ReleaseDocument document : CATALOGUES) {
      service.write(document);
    }
    DOCUMENTS.forEach(service::post);
    return service;
  }
}
