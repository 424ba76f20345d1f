package imageservice.functions.registry;

import imageservice.functions.Endpoint;
import imageservice.functions.TestService;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.functions.http.Router;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.StoredObject;
import imageservice.ledger.StoredProduct;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a manifest that is there costs the function that answers it, over tables and a store in
/// memory: `bench/run` calls it. The request's thread is all that works.
final class ManifestBench {
  private static final int ROUNDS = 20_000;
  private static final int FIRST = 50;
  private static final double MOST_MILLISECONDS = 2;

  /// Layers, configurations, manifests and the index of two architectures.
  private static final int CONTENTS = 9;

  private static final byte[] INDEX = "{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ManifestBench() {}

  /// Arguments: `smoke` where every row is wanted but no measurement.
  public static void main(String[] arguments) throws IOException {
    boolean isSmoke = arguments.length > 0 && arguments[0].equals("smoke");
    TestService service = service();
    Router router = service.wiring().router(Endpoint.Owner.REGISTRY);
    Request tag = request("v1.11.0");
    Request digest = request(Digest.of(INDEX).toString());
    System.out.println("\nA manifest that is there, function alone");
    double first = milliseconds(router, tag, FIRST);
    milliseconds(router, tag, isSmoke ? 1 : ROUNDS);
    double warm = milliseconds(router, tag, isSmoke ? 1 : ROUNDS);
    milliseconds(router, digest, isSmoke ? 1 : ROUNDS);
    double byDigest = milliseconds(router, digest, isSmoke ? 1 : ROUNDS);
    String judged =
        isSmoke ? "" : "   target <= 2: " + (warm <= MOST_MILLISECONDS ? "met" : "OVER TARGET");
    row("by tag, the first %d".formatted(FIRST), first, "");
    row("by tag", warm, judged);
    row("by digest", byDigest, "");
  }

  /// One that has built an image.
  private static TestService service() throws IOException {
    TestService service = new TestService().offering("v1.11.0");
    service.post("{}");
    service.store.mediaType = Manifests.INDEX;
    service.write(
        new ReleaseDocument(
            TalosVersion.of(1, 11, 0),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new InstallerBase.Image(Digest.of(INDEX))));
    return service.builder(order -> build(service, order));
  }

  private static void build(TestService service, BuildOrder order) throws IOException {
    List<StoredObject> contents = new ArrayList<>();
    for (int i = 0; i < CONTENTS; i++) {
      contents.add(new StoredObject(service.store.contentSize, Digest.of(new byte[] {(byte) i})));
    }
    service.store.contents.put(order.address().toString(), INDEX);
    service.store.contents.put("content/" + Digest.of(INDEX).hex(), INDEX);
    service.finish(order, new StoredProduct(TestService.PRODUCT.asset(), contents, List.of()));
  }

  private static Request request(String reference) {
    String path = "/v2/metal-installer/" + TestService.EMPTY + "/manifests/" + reference;
    return TestService.request("GET", path, "", Map.of(), "");
  }

  /// CPU of one request, in the mean of so many.
  private static double milliseconds(Router router, Request request, int rounds) {
    long before = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < rounds; i++) {
      Response response = router.apply(request);
      if (response.status() != 200) {
        throw new IllegalStateException(response.body().text());
      }
    }
    return (THREADS.getCurrentThreadCpuTime() - before) / 1e6 / rounds;
  }

  private static void row(String what, double milliseconds, String judged) {
    System.out.printf(Locale.ROOT, "  %-50s CPU %8.3f ms%s%n", what, milliseconds, judged);
  }
}
