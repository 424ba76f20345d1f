package imageservice.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Asks a service for an asset's plan.
final class PlanDownload {
  private static final String SUFFIX = ".plan.json";

  /// Bytes. The largest configuration has 1 MiB, and a plan repeats it.
  private static final int LARGEST = 16 << 20;

  private static final int OK = 200;

  private PlanDownload() {}

  /// @param url of the asset; what stands behind a question mark is left out
  static String of(String url) throws CommandException, IOException {
    URI asset = asset(url);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(asset + SUFFIX))
            .timeout(Duration.ofMinutes(20)) // a cold asset is built first
            .header("user-agent", "image-service")
            .build();
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(20))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      String text = read(response);
      if (response.statusCode() != OK) {
        throw new IOException(
            "the service answered %d: %s"
                .formatted(response.statusCode(), text.lines().findFirst().orElse("")));
      }
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static String read(HttpResponse<InputStream> response) throws IOException {
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException("more than %d bytes, which is no plan".formatted(LARGEST));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static URI asset(String url) throws CommandException {
    try {
      URI uri = URI.create(url.replaceFirst("[?#].*", ""));
      if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new CommandException(
        "--url %s: give the asset's whole URL, such as http://127.0.0.1:8080/image/ID/v1.13.2/metal-amd64.iso"
            .formatted(url));
  }
}
