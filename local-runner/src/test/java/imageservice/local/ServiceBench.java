package imageservice.local;

import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

/// What a cold asset takes its client, through the whole service: `bench/run` calls it. The service
/// is `serve` in a process of its own, with the heap that it has; the client is this process. A
/// time is that from a request, on a connection of its own, to the last byte of the object that the
/// answer redirects to. Each request is for a configuration that was posted before and never built;
/// one before those that are measured fetches the release's files.
final class ServiceBench {
  private static final int ROUNDS = 5;
  private static final double MILLISECOND = 1e6;

  private final ProcessHandle server;
  private final URI service;
  private final Path objects;
  private final Path copied;
  private final String version;
  private final int crowd;
  private final boolean judges;
  private int configurations;

  private ServiceBench(
      ProcessHandle server, URI service, Path work, String version, boolean isSmoke) {
    this.server = server;
    this.service = service;
    this.objects = work.resolve("service", "objects");
    this.copied = work.resolve("service", "copied");
    this.version = version;
    this.crowd = isSmoke ? 8 : 240;
    this.judges = !isSmoke;
  }

  /// Arguments: a folder of OCI layouts, the GRUB kit, a folder to work in, the release's version,
  /// and `smoke` where every row is wanted but no measurement.
  public static void main(String[] arguments) throws Exception {
    Path work = Path.of(arguments[2]);
    boolean isSmoke = arguments.length > 4 && arguments[4].equals("smoke");
    Process server = serve(arguments[0], arguments[1], work);
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      String ready = said.readLine();
      if (ready == null) {
        throw new IOException("the service did not start: " + Files.readString(log(work)));
      }
      URI address = URI.create(ready.substring(ready.lastIndexOf(' ') + 1));
      new ServiceBench(server.toHandle(), address, work, arguments[3], isSmoke).measure();
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  /// The virtual machine has the options of `image-service`.
  private static Process serve(String layouts, String kit, Path work) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-Xlog:disable",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve",
            "--port=0",
            "--insecure-sources",
            "--source=oci:" + layouts,
            "--grub-kit=" + kit,
            "--data=" + work.resolve("service"))
        .redirectError(log(work).toFile())
        .start();
  }

  private static Path log(Path work) {
    return work.resolve("service.log");
  }

  private void measure() throws Exception {
    System.out.println("\nThe laptop's service, cold assets by HTTP");
    asset("ISO", "metal-amd64.iso", 600);
    asset("UKI", "metal-amd64-uki.efi", 150);
    asset("initramfs", "initramfs-amd64.xz", 60);
    crowd("initramfs-amd64.xz");
  }

  private void asset(String what, String name, double target) throws Exception {
    double first = get(addresses(name, 1).getFirst()).wall();
    List<URI> addresses = addresses(name, ROUNDS);
    List<Download> cold = new ArrayList<>();
    List<Download> again = new ArrayList<>();
    List<Double> copies = new ArrayList<>();
    for (URI address : addresses) {
      cold.add(get(address));
    }
    for (URI address : addresses) {
      again.add(get(address));
      copies.add(copy(object(address)));
    }
    double median = median(cold, Download::wall);
    row(
        "%s, %.1f MB".formatted(what, cold.getFirst().bytes() / 1e6),
        "%8.1f ms  CPU %8.1f ms   first %.1f ms%s"
            .formatted(
                median,
                median(cold, Download::cpu),
                first,
                judged("<= %.0f ms".formatted(target), median <= target)));
    row(
        "the same objects again, which are there",
        "%8.1f ms  CPU %8.1f ms"
            .formatted(median(again, Download::wall), median(again, Download::cpu)));
    double copy = median(copies, each -> each);
    row("copy the same files, hash on the way", "%8.1f ms".formatted(copy));
    row("  cold / copy, wall", "%8.2f x".formatted(median / copy));
  }

  private void crowd(String name) throws Exception {
    double oneByOne = milliseconds(addresses(name, crowd), this::inTurn);
    double atOnce = milliseconds(addresses(name, crowd), this::atOnce);
    double ratio = atOnce / oneByOne;
    row(
        "%d different initramfs, one after the other".formatted(crowd),
        "%8.1f ms".formatted(oneByOne));
    row("%d others at once".formatted(crowd), "%8.1f ms".formatted(atOnce));
    row(
        "  at once / one after the other, wall",
        "%8.2f x%s".formatted(ratio, judged("<= 1.3", ratio <= 1.3)));
  }

  private static void row(String what, String values) {
    System.out.println("  %-50s %s".formatted(what, values));
  }

  private String judged(String target, boolean met) {
    return judges ? "   target %s: %s".formatted(target, met ? "met" : "OVER TARGET") : "";
  }

  /// Addresses of an asset of as many new configurations, which are posted here.
  private List<URI> addresses(String name, int count) throws Exception {
    List<URI> addresses = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < count; i++) {
        String id =
            post(client, "customization: {extraKernelArgs: [n=%d]}".formatted(++configurations));
        addresses.add(service.resolve("/image/%s/%s/%s".formatted(id, version, name)));
      }
    }
    return addresses;
  }

  private String post(HttpClient client, String configuration)
      throws IOException, InterruptedException, MalformedJsonException {
    HttpRequest post =
        HttpRequest.newBuilder(service.resolve("/schematics"))
            .POST(HttpRequest.BodyPublishers.ofString(configuration))
            .build();
    return JsonFields.parse(client.send(post, HttpResponse.BodyHandlers.ofString()).body())
        .text("id");
  }

  /// @param wall milliseconds on the client's clock
  /// @param cpu milliseconds of processors that the service took, all of its threads together
  private record Download(double wall, double cpu, long bytes) {}

  private interface Crowd {
    void get(List<URI> addresses) throws Exception;
  }

  private static double milliseconds(List<URI> addresses, Crowd crowd) throws Exception {
    long start = System.nanoTime();
    crowd.get(addresses);
    return (System.nanoTime() - start) / MILLISECOND;
  }

  private void inTurn(List<URI> addresses) throws Exception {
    for (URI address : addresses) {
      get(address);
    }
  }

  private void atOnce(List<URI> addresses) throws Exception {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Download>> all = new ArrayList<>();
      for (URI address : addresses) {
        all.add(clients.submit(() -> get(address)));
      }
      for (Future<Download> each : all) {
        each.get();
      }
    }
  }

  /// Follows redirects and reads the object.
  private Download get(URI address) throws IOException {
    double cpu = cpu();
    long start = System.nanoTime();
    PlainAnswer answer = PlainAnswer.of(address);
    for (int hop = 0; answer.location().isPresent() && hop < 20; hop++) {
      answer = PlainAnswer.of(address.resolve(answer.location().get()));
    }
    double wall = (System.nanoTime() - start) / MILLISECOND;
    if (!answer.isWhole()) {
      throw new IOException(address + " was answered with " + answer.head());
    }
    return new Download(wall, cpu() - cpu, answer.bytes());
  }

  /// What the service took so far, in milliseconds; Linux counts hundredths of a second.
  private double cpu() {
    return server.info().totalCpuDuration().orElseThrow().toMillis();
  }

  /// The file that the service keeps the asset in.
  private Path object(URI address) throws IOException {
    String link = PlainAnswer.of(address).location().orElseThrow();
    return objects.resolve(URI.create(link).getPath().substring(1));
  }

  private double copy(Path file) throws IOException, NoSuchAlgorithmException {
    long start = System.nanoTime();
    try (OutputStream out =
        new DigestOutputStream(
            Files.newOutputStream(copied), MessageDigest.getInstance("SHA-256"))) {
      Files.copy(file, out);
    }
    return (System.nanoTime() - start) / MILLISECOND;
  }

  private static <T> double median(List<T> values, ToDoubleFunction<T> part) {
    return values.stream()
        .mapToDouble(part)
        .sorted()
        .skip(values.size() / 2)
        .findFirst()
        .orElseThrow();
  }
}
