package imageservice.builder.oci;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imageservice.release.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A registry on loopback with several repositories below `siderolabs/`, for the tests of other
/// rooms. It writes down what it is asked.
public final class PublicTestRegistry implements AutoCloseable {
  private final Map<String, TestImages> repositories = new ConcurrentHashMap<>();
  private final Set<String> down = Collections.synchronizedSet(new HashSet<>());
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final HttpServer server;
  private final HttpClient client = RegistrySource.client();
  private final boolean hasEtags;

  /// @param hasEtags whether lists of tags have an entity tag
  public PublicTestRegistry(boolean hasEtags) throws IOException {
    this.hasEtags = hasEtags;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v2/siderolabs/", this::handle);
    server.start();
  }

  /// Below which the repositories are.
  public String prefix() {
    return "127.0.0.1:" + server.getAddress().getPort() + "/siderolabs/";
  }

  /// A source that tries once and waits never.
  public ImageSource source() {
    return new RegistrySource(
        RegistryAccess.anonymous(RegistryPrefix.parse(prefix())),
        client,
        new Retries(1, duration -> {}, () -> 0),
        TestAccess.PATIENT,
        () -> Instant.EPOCH);
  }

  /// Pushes an image with these files, by path.
  public Digest push(String repository, String tag, Map<String, String> files) throws IOException {
    TestImages.Layer layer = new TestImages.Layer();
    for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
      layer.file(file.getKey(), file.getValue());
    }
    TestImages images = repositories.computeIfAbsent(repository, ignored -> new TestImages());
    Descriptor manifest = images.manifest("amd64", images.layer(layer));
    images.tag(tag, images.index(Map.of("amd64", manifest)));
    return images.tags().getOrDefault(tag, manifest.digest());
  }

  /// Lets a repository answer nothing but errors, or answer again.
  public void setDown(String repository, boolean isDown) {
    if (isDown) {
      down.add(repository);
    } else {
      down.remove(repository);
    }
  }

  /// Requests so far: method, path below `siderolabs/`, and the status of the answer.
  public List<String> requests() {
    return List.copyOf(requests);
  }

  public void forgetRequests() {
    requests.clear();
  }

  @Override
  public void close() {
    server.stop(0);
    client.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring("/v2/siderolabs/".length());
    String[] parts = path.split("/", 3);
    TestImages images = repositories.getOrDefault(parts[0], new TestImages());
    if (down.contains(parts[0])) {
      answer(exchange, path, 503, new byte[0]);
    } else if (parts[1].equals("tags")) {
      tags(exchange, path, images);
    } else {
      Digest digest = Digest.parse(parts[2]).orElse(images.tags().get(parts[2]));
      content(exchange, path, digest, images);
    }
  }

  private void tags(HttpExchange exchange, String path, TestImages images) throws IOException {
    byte[] list = JSON.std.asBytes(Map.of("tags", images.tags().keySet()));
    String etag = "\"" + Digest.of(list).hex() + "\"";
    if (hasEtags) {
      exchange.getResponseHeaders().set("ETag", etag);
    }
    boolean known = hasEtags && etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
    answer(exchange, path, known ? 304 : 200, known ? new byte[0] : list);
  }

  private void content(
      HttpExchange exchange, String path, @Nullable Digest digest, TestImages images)
      throws IOException {
    byte[] content = digest == null ? null : images.blobs().get(digest);
    if (content == null) {
      answer(exchange, path, 404, "{}".getBytes(StandardCharsets.UTF_8));
      return;
    }
    exchange.getResponseHeaders().set("Docker-Content-Digest", String.valueOf(digest));
    answer(exchange, path, 200, content);
  }

  private void answer(HttpExchange exchange, String path, int status, byte[] body)
      throws IOException {
    requests.add(exchange.getRequestMethod() + " " + path + " " + status);
    FakeRegistry.send(
        exchange, status, exchange.getRequestMethod().equals("HEAD") ? new byte[0] : body);
  }
}
