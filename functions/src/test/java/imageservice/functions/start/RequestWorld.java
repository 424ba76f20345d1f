package imageservice.functions.start;

import imageservice.asset.Asset;
import imageservice.asset.AssetAddress;
import imageservice.json.JsonText;
import imageservice.packaging.FakeAws;
import imageservice.packaging.World;
import imageservice.plan.Generations;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The world of a function that starts: stand-ins for AWS, in which the index has one release and
/// one ISO is ready, and the requests that clients send.
final class RequestWorld implements World {
  private static final String URL = "https://factory.example/";
  private static final String EMPTY =
      "376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba";
  private static final String VERSION = "v1.9.5";
  private static final String ISO = "/image/" + EMPTY + "/" + VERSION + "/metal-amd64.iso";
  private static final String CONFIGURATION =
      """
      customization:
        extraKernelArgs: [net.ifnames=0, console=ttyS0]
        systemExtensions: {officialExtensions: [siderolabs/gvisor, siderolabs/intel-ucode]}
      """;
  private static final String DIGEST = "ab".repeat(32);

  /// Of the ISO, in bytes.
  private static final int SIZE = 42;

  private final FakeAws aws = new FakeAws();

  RequestWorld() throws IOException {
    aws.put(
        "releases",
        "{\"releases\":[{\"version\":\"v1.9.5\",\"imager\":\"sha256:%s\"}]}".formatted(DIGEST));
    AssetAddress address =
        new Generations(URL, Optional.empty()).address(Asset.ofPath(ISO).orElseThrow());
    aws.put("build#" + address.buildId(), ready(address));
    aws.putObject("/assets/" + address, new byte[SIZE]);
  }

  /// A record as builders leave it.
  private static String ready(AssetAddress address) {
    long now = Instant.now().toEpochMilli();
    return JsonText.object()
        .put("objectKey", address.toString())
        .put("assetKey", DIGEST)
        .put("warnings", List.of())
        .put("fence", 1)
        .put("attempt", 1)
        .put("startedAt", now)
        .put(
            "ready",
            JsonText.object()
                .put("at", now)
                .put("size", SIZE)
                .put("sha256", DIGEST)
                .put("measurements", List.of()))
        .toString();
  }

  @Override
  public Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    variables.put("AWS_ENDPOINT_URL", aws.endpoint());
    variables.put("EXTERNAL_URL", URL);
    variables.put("CONFIGURATIONS_TABLE", "configurations");
    variables.put("BUILDS_TABLE", "builds");
    variables.put("ASSET_BUCKET", "assets");
    variables.put("BUILDER_FUNCTION", "builder");
    variables.put("INDEX_FUNCTION", "index");
    return variables;
  }

  @Override
  public void close() {
    aws.close();
  }

  /// `GET` of the ISO that is ready.
  static String readyAsset() {
    return event("GET", ISO, Map.of(), "");
  }

  /// `POST` of a configuration.
  static String configuration() {
    return event("POST", "/schematics", Map.of(), CONFIGURATION);
  }

  /// `GET` of the list of versions.
  static String versions() {
    return event("GET", "/versions", Map.of(), "");
  }

  /// What a start-up cache is to know: the ordinary requests, a cold asset up to its order, and
  /// some of what clients do wrong.
  static List<String> ordinary() {
    String cold = "/image/" + EMPTY + "/" + VERSION + "/aws-amd64.iso";
    return List.of(
        readyAsset(),
        event("HEAD", ISO, Map.of(), ""),
        event("GET", ISO, Map.of("accept", "application/json"), ""),
        event("GET", cold, Map.of("prefer", "respond-async"), ""),
        event("GET", "/pxe/" + EMPTY + "/" + VERSION + "/metal-amd64", Map.of(), ""),
        configuration(),
        event("GET", "/schematics/" + EMPTY, Map.of(), ""),
        versions(),
        event("GET", "/healthz", Map.of(), ""),
        event("GET", "/readyz", Map.of(), ""),
        event("POST", "/schematics", Map.of("accept", "application/problem+json"), "unknown: 1"),
        event("GET", "/image/" + EMPTY + "/v1.9.9/metal-amd64.iso", Map.of(), ""),
        event("GET", "/v2/", Map.of(), ""),
        event("HEAD", "/v2/installer/" + EMPTY + "/manifests/v1.9.9", Map.of(), ""),
        event("GET", "/v2/installer/" + EMPTY + "/blobs/" + DIGEST, Map.of(), ""),
        event("GET", "/v2/installer/" + EMPTY + "/tags/list", Map.of(), ""),
        event("GET", "/favicon.ico", Map.of(), ""));
  }

  /// An event of API Gateway's HTTP API, payload format 2.0.
  private static String event(String method, String path, Map<String, String> more, String body) {
    JsonText headers = JsonText.object().put("host", "factory.example").put("user-agent", "curl/8");
    more.forEach(headers::put);
    return JsonText.object()
        .put("version", "2.0")
        .put("rawPath", path)
        .put("rawQueryString", "")
        .put("headers", headers)
        .put(
            "requestContext",
            JsonText.object()
                .put("requestId", "request")
                .put("http", JsonText.object().put("method", method).put("path", path)))
        .put("body", body)
        .put("isBase64Encoded", false)
        .toString();
  }
}
