package imageservice.blackbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A client of one service, which follows redirects only where it is told to.
final class Client implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f]{64})\"");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String url;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpClient following =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.ALWAYS)
          .build();

  Client(String url) {
    this.url = url;
  }

  /// An answer.
  static final class Answer {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Answer(int status, Map<String, String> headers, byte[] body) {
      this.status = status;
      this.headers = headers;
      this.body = body;
    }

    int status() {
      return status;
    }

    byte[] body() {
      return body;
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    String required(String name) {
      return header(name)
          .orElseThrow(() -> new IllegalStateException("no header " + name + " in " + headers));
    }

    @Override
    public String toString() {
      return status + " " + headers + " " + (body.length < 2000 ? text() : body.length + " bytes");
    }
  }

  String address(String path) {
    return path.startsWith("http:") ? path : url + path.substring(1);
  }

  Answer get(String path, String... headers) throws IOException, InterruptedException {
    return send(http, "GET", path, new byte[0], headers);
  }

  Answer head(String path, String... headers) throws IOException, InterruptedException {
    return send(http, "HEAD", path, new byte[0], headers);
  }

  /// The answer at the end of all redirects.
  Answer follow(String method, String path, String... headers)
      throws IOException, InterruptedException {
    return send(following, method, path, new byte[0], headers);
  }

  Answer download(String path) throws IOException, InterruptedException {
    return follow("GET", path);
  }

  /// The answer once a failure that was said to pass did.
  Answer eventually(String path) throws IOException, InterruptedException {
    Answer answer = download(path);
    while (answer.status() == 503) {
      Thread.sleep(1000L * Long.parseLong(answer.required("retry-after")));
      answer = download(path);
    }
    return answer;
  }

  Answer post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return send(http, "POST", path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  Answer send(String method, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return send(http, method, path, body, headers);
  }

  /// Stores a configuration.
  String configure(String yaml) throws IOException, InterruptedException {
    Answer created = post("/configuration", yaml);
    Matcher matcher = ID.matcher(created.text());
    if (created.status() != 201 || !matcher.find()) {
      throw new IOException("not created: " + created);
    }
    return matcher.group(1);
  }

  @Override
  public void close() {
    http.shutdownNow();
    following.shutdownNow();
  }

  private Answer send(HttpClient client, String method, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address(path)))
            .timeout(PATIENCE)
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
    Map<String, String> received = new java.util.TreeMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> received.put(name, String.join(",", values)));
    Answer answer = new Answer(response.statusCode(), received, response.body());
    if (response.uri().toString().startsWith(url)) {
      keepsTheDescription(method, response.uri().getRawPath(), answer);
    }
    return answer;
  }

  private static void keepsTheDescription(String method, String path, Answer answer) {
    List<String> breaches =
        ApiDescription.OF_THE_REPOSITORY.breaches(
            method, path, answer.status(), answer.header("content-type"), answer.body());
    if (!breaches.isEmpty()) {
      throw new AssertionError(
          "not as openapi.json has it: %s %s: %s: %s".formatted(method, path, breaches, answer));
    }
  }
}
