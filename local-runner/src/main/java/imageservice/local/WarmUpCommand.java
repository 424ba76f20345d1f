package imageservice.local;

import imageservice.builder.fetch.SourcePolicy;
import imageservice.builder.fetch.TrustedRoots;
import imageservice.builder.oci.LayoutSource;
import imageservice.configuration.IdRule;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// `warm-up`: starts the service over an empty folder, sends it one request, and ends. Run after a
/// build, so that the JVM archives the classes that every start loads.
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    Path folder = Files.createTempDirectory("image-service-warm-up");
    offerRelease(Files.createDirectories(folder.resolve("source").resolve(Source.RELEASES)));
    ServeOptions options =
        new ServeOptions(
            ListenAddress.loopback(0),
            Optional.empty(),
            false,
            folder.resolve("data"),
            Optional.empty(),
            new VerifiedSource(
                new LayoutSource(folder.resolve("source")),
                new SourcePolicy.Insecure(),
                TrustedRoots.shipped(),
                List.of()),
            folder.resolve("kit"),
            false,
            Addresses.OWN,
            new IdRule.Plain(),
            Optional.empty(),
            Optional.empty(),
            false);
    try (Service service =
        Service.start(options, new PrintStream(OutputStream.nullOutputStream()))) {
      post(service.url() + "schematics");
    } finally {
      delete(folder);
    }
    return 0;
  }

  /// Writes a layout with one tag, as a first start needs a source with releases. Nothing is built,
  /// so nothing is behind the tag.
  private static void offerRelease(Path layout) throws IOException {
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\": \"1.0.0\"}");
    Files.writeString(
        layout.resolve("index.json"),
        """
        {"manifests": [{
          "mediaType": "application/vnd.oci.image.manifest.v1+json",
          "size": 0,
          "digest": "sha256:%s",
          "annotations": {"org.opencontainers.image.ref.name": "v1.9.5"}
        }]}
        """
            .formatted("0".repeat(64)));
  }

  private static void post(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      client.send(request, HttpResponse.BodyHandlers.discarding());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
