package imageservice.local.start;

import imageservice.builder.oci.PublicTestRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One run of the service over a release of a few bytes, by which the virtual machine learns what
/// it needs at its start, and for its first assets.
final class ServiceTraining {
  private static final String VERSION = "v1.9.5";
  private static final Pattern READY = Pattern.compile("is ready at (http://\\S+/)");
  private static final int PATIENCE = 5; // minutes

  private ServiceTraining() {}

  /// @param home the folder of the service, which gets the cache
  /// @param work for its data, and for what it says
  static void run(Path home, Path work) throws IOException, InterruptedException {
    Path said = work.resolve("said");
    try (PublicTestRegistry registry = new PublicTestRegistry(true)) {
      push(registry);
      Process process =
          new ProcessBuilder(ServiceLaunch.training(home, serve(registry, work)))
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      try {
        ask(url(process, said));
      } catch (IOException e) {
        throw new IOException(e.getMessage() + ": " + Files.readString(said), e);
      } finally {
        process.destroy(); // the cache is written when the virtual machine ends
        process.waitFor(PATIENCE, TimeUnit.MINUTES);
      }
    }
    if (Files.notExists(home.resolve(ServiceLaunch.CACHE))) {
      throw new IOException("no start-up cache: " + Files.readString(said));
    }
  }

  private static void push(PublicTestRegistry registry) throws IOException {
    registry.push(
        "imager",
        VERSION,
        Map.of(
            "usr/install/amd64/vmlinuz", "kernel".repeat(999),
            "usr/install/amd64/initramfs.xz", "base".repeat(999)));
    registry.push("extensions", VERSION, Map.of("image-digests", ""));
  }

  private static List<String> serve(PublicTestRegistry registry, Path work) {
    return List.of(
        "serve",
        "--port",
        "0",
        "--data",
        work.resolve("data").toString(),
        "--source",
        registry.prefix(),
        "--insecure-sources");
  }

  private static String url(Process process, Path said) throws IOException, InterruptedException {
    while (process.isAlive()) {
      Matcher ready = READY.matcher(Files.readString(said));
      if (ready.find()) {
        return ready.group(1);
      }
      Thread.sleep(20);
    }
    throw new IOException("the service did not start");
  }

  /// The first requests of people and of machines.
  private static void ask(String url) throws IOException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build()) {
      send(client, HttpRequest.newBuilder(URI.create(url + "readyz")).build());
      send(client, HttpRequest.newBuilder(URI.create(url)).build());
      send(client, HttpRequest.newBuilder(URI.create(url + "versions")).build());
      String created =
          send(
              client,
              HttpRequest.newBuilder(URI.create(url + "schematics"))
                  .POST(HttpRequest.BodyPublishers.ofString("customization: {}"))
                  .build());
      String id = created.replaceAll("(?s).*\"id\":\\s*\"([0-9a-f]{64})\".*", "$1");
      for (String asset : List.of("cmdline-metal-amd64", "kernel-amd64", "initramfs-amd64.xz")) {
        String path = "image/%s/%s/%s".formatted(id, VERSION, asset);
        send(client, HttpRequest.newBuilder(URI.create(url + path)).build());
      }
    }
  }

  private static String send(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          "%s: %d %s".formatted(request.uri(), response.statusCode(), response.body()));
    }
    return response.body();
  }
}
