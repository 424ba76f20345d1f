package imageservice.functions.asset;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.AttachmentAddress;
import imageservice.asset.AttachmentTag;
import imageservice.asset.ContentAddress;
import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.StoredAttachment;
import imageservice.ledger.StoredObject;
import imageservice.ledger.StoredProduct;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is served is what was built: an object that is gone or different is built again.
final class StoredAssetsTest {
  private static final String KERNEL = "/image/" + TestService.EMPTY + "/v1.9.5/kernel-amd64";
  private static final StoredObject LAYER =
      new StoredObject(7, new Digest("sha256:" + "c".repeat(64)));

  private final TestService service = new TestService();

  @BeforeEach
  void buildTheKernel() throws IOException {
    service.offering("v1.9.5").builder(this::putBack);
    service.post("{}");
    assertThat(service.get(KERNEL).status()).isEqualTo(302);
    assertThat(service.orders).hasSize(1);
  }

  @Test
  void anObjectThatIsGoneIsBuiltAgainAtOnce() {
    service.store.gone.add("kernel-amd64");
    assertThat(service.get(KERNEL).status()).isEqualTo(302);
    assertThat(service.orders).hasSize(2);
    assertThat(service.orders.get(1).fence()).isEqualTo(2);
  }

  @Test
  void anObjectOfAnotherSizeIsBuiltAgain() {
    for (long size : List.of(0L, 41L, 43L)) {
      service.store.sizes.put("kernel-amd64", size);
      assertThat(service.get(KERNEL).status()).isEqualTo(302);
    }
    assertThat(service.orders).hasSize(4);
  }

  @Test
  void anObjectThatIsGoneIsNoticedByWhoAsksForItsStatus() throws IOException {
    service.store.gone.add("kernel-amd64");
    service.builder(order -> {});
    Response status = service.send("GET", KERNEL, Map.of("accept", "application/json"));
    assertThat(status.status()).isEqualTo(202);
  }

  @Test
  void anObjectThatCannotBePutBackIsNeverLinkedTo() {
    service.builder(service::finish);
    service.store.gone.add("kernel-amd64");
    Map<String, String> ipxe = Map.of("user-agent", "iPXE/1.21.1");
    Response response = service.send("GET", KERNEL, ipxe);
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.header("retry-after")).isPresent();
  }

  @Test
  void aContentThatIsGoneOrCutHasItsAssetBuiltAgain() {
    StoredProduct layered =
        new StoredProduct(TestService.PRODUCT.asset(), List.of(LAYER), List.of());
    service.store.gone.add("kernel-amd64");
    service.builder(order -> {
      service.store.gone.clear();
      service.store.contentSize = LAYER.size();
      service.finish(order, layered);
    });
    assertThat(service.get(KERNEL).status()).isEqualTo(302);
    assertThat(service.get(KERNEL).status()).isEqualTo(302);
    assertThat(service.orders).hasSize(2);
    service.store.gone.add(new ContentAddress(LAYER.digest()).toString());
    assertThat(service.get(KERNEL).status()).isEqualTo(302);
    assertThat(service.orders).hasSize(3);
    service.store.contentSize = 6;
    assertThat(service.get(KERNEL).status()).isEqualTo(302);
    assertThat(service.orders).hasSize(4);
  }

  @Test
  void aSignatureThatIsGoneHasItsImageBuiltAgain() throws IOException {
    String image = "/v2/metal-installer/" + TestService.EMPTY + "/manifests/v1.9.5";
    service.write(
        new ReleaseDocument(
            TalosVersion.of(1, 9, 5),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new InstallerBase.Image(LAYER.digest())));
    AttachmentTag tag = new AttachmentTag(LAYER.digest(), AttachmentTag.Kind.SIGNATURE);
    StoredProduct signed =
        new StoredProduct(
            TestService.PRODUCT.asset(),
            List.of(),
            List.of(new StoredAttachment(tag, LAYER)),
            List.of(),
            List.of());
    service.orders.clear();
    service.builder(order -> {
      service.store.contents.put(
          order.address().toString(), "{%40s}".formatted("").getBytes(StandardCharsets.UTF_8));
      service.store.contents.put(
          AttachmentAddress.of(order.address(), tag).toString(), new byte[7]);
      service.finish(order, signed);
    });
    assertThat(service.get(image).status()).isEqualTo(200);
    assertThat(service.get(image).status()).isEqualTo(200);
    assertThat(service.orders).hasSize(1);
    service.store.contents.keySet().removeIf(key -> key.endsWith(".sig"));
    assertThat(service.get(image).status()).isEqualTo(200);
    assertThat(service.orders).hasSize(2);
  }

  @Test
  void aRecordStopsBeingTrustedBeforeTheStoreRemovesItsObject() {
    service.pass(TestService.TRUSTED.minus(Duration.ofSeconds(1)));
    assertThat(service.get(KERNEL).status()).isEqualTo(302);
    assertThat(service.orders).hasSize(1);
    service.pass(Duration.ofSeconds(1));
    assertThat(service.get(KERNEL).status()).isEqualTo(302);
    assertThat(service.orders).hasSize(2);
  }

  /// A builder whose object is in the store afterwards.
  private void putBack(BuildOrder order) throws IOException {
    service.store.gone.clear();
    service.store.sizes.clear();
    service.finish(order);
  }
}
