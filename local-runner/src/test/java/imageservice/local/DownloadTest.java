package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Asset;
import imageservice.asset.AssetAddress;
import imageservice.functions.Endpoint;
import imageservice.functions.asset.AssetLinks;
import imageservice.functions.http.HttpDate;
import imageservice.functions.http.JsonRequestLog;
import imageservice.functions.http.Responder;
import imageservice.release.TalosVersion;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// Objects by their links, over the gateway's own port.
@Timeout(60)
final class DownloadTest {
  private static final Credentials CREDENTIALS = new Credentials("user", "secret");
  private static final AssetAddress ADDRESS =
      new AssetAddress("g1a2b3c4d", new Asset.Talosctl(TalosVersion.of(1, 11, 0), "talosctl"));
  private static final String CONTENT = "0123456789";

  @TempDir private Path folder = Path.of("");

  private final HttpClient http = HttpClient.newHttpClient();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
  private Gateway gateway = Wire.bound(Gateway.Limits.STANDARD);
  private ObjectStore objects;
  private S3Client s3;
  private String get = "";
  private String head = "";

  @BeforeEach
  void start() throws Exception {
    objects = ObjectStore.open(folder, CREDENTIALS);
    s3 = objects.client();
    gateway.start(
        new Backend(
            Map.of(),
            new ObjectDownloads(
                new LinkCheck(CREDENTIALS, () -> Instant.now().plus(later.get())), objects::find),
            new Responder(
                "server", new JsonRequestLog(new PrintStream(log, true, StandardCharsets.UTF_8))),
            new Measurements()));
    s3.putObject(
        put ->
            put.bucket(ObjectStore.BUCKET)
                .key(ADDRESS.toString())
                .contentType("application/x-iso9660-image")
                .contentDisposition("attachment; filename=\"own.iso\"")
                .cacheControl("public, immutable"),
        RequestBody.fromString(CONTENT));
    get = link(AssetLinks.Method.GET, Optional.of("a b.bin"));
    head = link(AssetLinks.Method.HEAD, Optional.empty());
  }

  @AfterEach
  void stop() throws Exception {
    http.shutdownNow();
    gateway.close();
    s3.close();
    objects.close();
  }

  @Test
  void sendsTheWholeObject() throws Exception {
    HttpResponse<String> response = send("GET", get);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(CONTENT);
    assertThat(header(response, "accept-ranges")).isEqualTo("bytes");
    assertThat(header(response, "content-length")).isEqualTo("10");
    assertThat(header(response, "content-disposition"))
        .isEqualTo("attachment; filename=\"a b.bin\"");
    assertThat(header(response, "etag")).matches("\"[0-9a-f]{32}\"");
    assertThat(HttpDate.parse(header(response, "last-modified"))).isPresent();
    assertThat(header(response, "x-request-id")).isNotEmpty();
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("\"status\":200,\"bytes\":10}");
  }

  @Test
  void noEndpointHasThePathOfObjects() {
    assertThat(Endpoint.values())
        .noneMatch(row -> ObjectDownloads.answers("/" + row.pattern().firstSegment() + "/"));
  }

  @Test
  void tellsHeadTheSame() throws Exception {
    HttpResponse<String> whole = send("GET", get);
    HttpResponse<String> response = send("HEAD", head);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    for (String name :
        new String[] {"accept-ranges", "content-length", "content-type", "etag", "last-modified"}) {
      assertThat(header(response, name)).as(name).isEqualTo(header(whole, name));
    }
    assertThat(send("HEAD", head, "Range", "bytes=0-1").statusCode()).isEqualTo(200);
  }

  @Test
  void sendsTheHeadersThatAnObjectWasStoredWith() throws Exception {
    HttpResponse<String> response = send("GET", link(AssetLinks.Method.GET, Optional.empty()));
    assertThat(header(response, "content-type")).isEqualTo("application/x-iso9660-image");
    assertThat(header(response, "content-disposition"))
        .isEqualTo("attachment; filename=\"own.iso\"");
    assertThat(header(response, "cache-control")).isEqualTo("public, immutable");
  }

  @ParameterizedTest
  @CsvSource({"bytes=2-4, 2-4, 234", "bytes=7-, 7-9, 789", "bytes=-2, 8-9, 89"})
  void sendsAPart(String range, String sent, String body) throws Exception {
    HttpResponse<String> response = send("GET", get, "Range", range);
    assertThat(response.statusCode()).isEqualTo(206);
    assertThat(response.body()).isEqualTo(body);
    assertThat(header(response, "content-range")).isEqualTo("bytes " + sent + "/10");
    assertThat(header(response, "content-length")).isEqualTo(Integer.toString(body.length()));
    assertThat(header(response, "content-disposition")).contains("a b.bin");
    assertThat(header(response, "accept-ranges")).isEqualTo("bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=-0"})
  void saysHowLongTheObjectIsWhereARangeLiesOutside(String range) throws Exception {
    HttpResponse<String> response = send("GET", get, "Range", range);
    assertThat(response.statusCode()).isEqualTo(416);
    assertThat(header(response, "content-range")).isEqualTo("bytes */10");
    assertThat(response.body()).isEqualTo("the object has 10 bytes\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-1,3-4", "bytes=5-3", "lines=1-2"})
  void leavesOtherRangesAside(String range) throws Exception {
    HttpResponse<String> response = send("GET", get, "Range", range);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(CONTENT);
  }

  /// `TAG` and `DATE` stand for the object's own.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If-None-Match | TAG | 304 | 304",
        "If-None-Match | W/TAG | 304 | 304",
        "If-None-Match | * | 304 | 304",
        "If-None-Match | \"x\" | 200 | 206",
        "If-Match | TAG | 200 | 206",
        "If-Match | \"x\" | 412 | 412",
        "If-Modified-Since | DATE | 304 | 304",
        "If-Modified-Since | Sun, 06 Nov 1994 08:49:37 GMT | 200 | 206",
        "If-Unmodified-Since | DATE | 200 | 206",
        "If-Unmodified-Since | Sun, 06 Nov 1994 08:49:37 GMT | 412 | 412",
        "If-Range | TAG | 200 | 206",
        "If-Range | DATE | 200 | 206",
        "If-Range | W/TAG | 200 | 200",
        "If-Range | \"x\" | 200 | 200",
        "If-Range | Sun, 06 Nov 1994 08:49:37 GMT | 200 | 200",
      })
  void keepsPreconditionsBeforeRanges(String name, String given, int whole, int part)
      throws Exception {
    HttpResponse<String> plain = send("GET", get);
    String value =
        given.replace("TAG", header(plain, "etag")).replace("DATE", header(plain, "last-modified"));
    assertThat(send("GET", get, name, value).statusCode()).isEqualTo(whole);
    assertThat(send("HEAD", head, name, value).statusCode()).isEqualTo(whole);
    HttpResponse<String> ranged = send("GET", get, name, value, "Range", "bytes=1-2");
    assertThat(ranged.statusCode()).isEqualTo(part);
    assertThat(header(ranged, "content-range")).isEqualTo(part == 206 ? "bytes 1-2/10" : "");
  }

  @Test
  void letsOtherOriginsRead() throws Exception {
    HttpResponse<String> response = send("GET", get, "Origin", "http://a", "Range", "bytes=1-2");
    assertThat(header(response, "access-control-allow-origin")).isEqualTo("*");
    assertThat(header(response, "access-control-expose-headers"))
        .contains("Accept-Ranges", "Content-Range", "Content-Length", "ETag", "Last-Modified")
        .contains("Content-Disposition");
    HttpResponse<String> asked =
        send(
            "OPTIONS",
            get,
            "Origin",
            "http://a",
            "Access-Control-Request-Method",
            "GET",
            "Access-Control-Request-Headers",
            "range");
    assertThat(asked.statusCode()).isEqualTo(204);
    assertThat(header(asked, "access-control-allow-origin")).isEqualTo("*");
    assertThat(header(asked, "access-control-allow-methods")).isEqualTo("GET");
    assertThat(header(asked, "access-control-allow-headers")).contains("if-range", "range");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "PUT", "POST", "DELETE", "PATCH", "BREW"})
  void aLinkIsForItsMethodOnly(String method) throws Exception {
    assertThat(send(method, get).statusCode()).isEqualTo(403);
    assertThat(send("GET", get).body()).isEqualTo(CONTENT);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Amz-Signature=[0-9a-f]{4}, X-Amz-Signature=0000",
    "X-Amz-Expires=[0-9]+, X-Amz-Expires=604800",
    "X-Amz-Expires=[0-9]+, X-Amz-Expires=-1",
    "X-Amz-Date=[0-9]{4}, X-Amz-Date=2020",
    "X-Amz-Date=[0-9]{4}, X-Amz-Date=yyyy",
    "X-Amz-Credential=user, X-Amz-Credential=root",
    "a%20b, c",
    "talosctl[?], kubectl?",
    "/assets/g, /assets/%67",
    "&X-Amz-Signature=[0-9a-f]+, ''",
    "$, &versionId=1",
    "[?].*, ''",
    "/assets/.*, /assets/",
    "/assets/.*, /assets/?list-type=2",
  })
  void aLinkIsWorthlessOnceTamperedWith(String pattern, String replacement) throws Exception {
    String tampered = get.replaceFirst(pattern, replacement);
    assertThat(tampered).isNotEqualTo(get);
    HttpResponse<String> response = send("GET", tampered);
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body())
        .isEqualTo(
            "this link is not signed for what is asked of it;"
                + " request the asset's own address again for another link\n");
  }

  @Test
  void aLinkEnds() throws Exception {
    later.set(Duration.ofMinutes(59));
    assertThat(send("GET", get).statusCode()).isEqualTo(200);
    later.set(Duration.ofMinutes(61));
    HttpResponse<String> response = send("GET", get);
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body())
        .matches("this link ended at \\S+Z; request the asset's own address again .*\n");
  }

  @Test
  void saysThatAnObjectIsGone() throws Exception {
    s3.deleteObject(delete -> delete.bucket(ObjectStore.BUCKET).key(ADDRESS.toString()));
    HttpResponse<String> response = send("GET", get);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .isEqualTo("the object is no longer there; request the asset's own address again\n");
  }

  private String link(AssetLinks.Method method, Optional<String> name) {
    AssetLinks signed = objects.links(s3);
    String address = "http://127.0.0.1:" + gateway.port() + "/";
    return new ObjectLinks(signed, address).presign(ADDRESS, method, name);
  }

  private HttpResponse<String> send(String method, String link, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(link)).method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
