package imageservice.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.AssetAddress;
import imageservice.asset.AttachmentAddress;
import imageservice.asset.AttachmentTag;
import imageservice.builder.assemble.Product;
import imageservice.formats.blob.Blob;
import imageservice.ledger.KnownProduct;
import imageservice.ledger.StoredAttachment;
import imageservice.ledger.StoredObject;
import imageservice.ledger.StoredProduct;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A product of a manifest and two layers, as registry images will be.
final class ProductStoreTest {
  private static final AssetAddress ADDRESS = BuilderFixture.address("a");
  private static final AssetAddress OTHER = BuilderFixture.address("b");
  private static final Product PRODUCT =
      new Product(
          Blob.of("manifest"), List.of(content("layer one"), content("layer 2")), List.of());

  private final MemorySink sink = new MemorySink();
  private final ProductStore store = new ProductStore(sink);

  @Test
  void whatAnAssetRefersToIsThereBeforeIt() throws IOException {
    StoredProduct stored = store.put(ADDRESS, PRODUCT, bytes -> {});
    assertThat(sink.done())
        .containsExactly(
            "put content/" + digest("layer one").hex(),
            "put content/" + digest("layer 2").hex(),
            "put " + ADDRESS);
    assertThat(stored)
        .isEqualTo(
            new StoredProduct(
                new StoredObject(8, digest("manifest")),
                List.of(
                    new StoredObject(9, digest("layer one")),
                    new StoredObject(7, digest("layer 2"))),
                List.of()));
  }

  @Test
  void nothingIsPublishedWhereAContentCannotBeStored() {
    sink.meanwhile(progress -> {
      if (sink.done().size() == 1) {
        throw new IOException("full");
      }
    });
    assertThatThrownBy(() -> store.put(ADDRESS, PRODUCT, bytes -> {})).hasMessage("full");
    assertThat(sink.find(ADDRESS.toString())).isEmpty();
  }

  @Test
  void contentUnderAnothersDigestIsADefect() {
    Product wrong =
        new Product(
            Blob.of("manifest"),
            List.of(new Product.Content(digest("other"), "text/plain", Blob.of("layer"))),
            List.of());
    assertThatThrownBy(() -> store.put(ADDRESS, wrong, bytes -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "content of %s was assembled as %s".formatted(digest("layer"), digest("other")));
    assertThat(sink.find(ADDRESS.toString())).isEmpty();
  }

  @Test
  void progressCountsAllObjects() throws IOException {
    List<Long> progress = new ArrayList<>();
    sink.meanwhile(each -> each.stored(1));
    store.put(ADDRESS, PRODUCT, progress::add);
    assertThat(progress).containsExactly(1L, 10L, 17L);
    assertThat(ProductStore.size(PRODUCT)).isEqualTo(24);
  }

  @Test
  void aCopyNeedsEverythingThatTheAssetRefersTo() throws IOException {
    KnownProduct known = new KnownProduct(ADDRESS, store.put(ADDRESS, PRODUCT, bytes -> {}));
    assertThat(store.copy(known, OTHER)).isTrue();
    assertThat(sink.find(OTHER.toString())).contains("manifest".getBytes(StandardCharsets.UTF_8));
    sink.remove(OTHER.toString());
    sink.cut(ADDRESS.toString());
    assertThat(store.copy(known, OTHER)).isFalse();
    sink.remove("content/" + digest("layer 2").hex());
    assertThat(store.copy(known, OTHER)).isFalse();
    assertThat(sink.find(OTHER.toString())).isEmpty();
  }

  /// An index with its signature.
  @Test
  void whatBelongsToAnImageIsThereBeforeIt() throws IOException {
    AssetAddress image = image("v1.9.5");
    Product.Content signature = content("signature");
    AttachmentTag tag = new AttachmentTag(digest("index"), AttachmentTag.Kind.SIGNATURE);
    Product product =
        new Product(
            Blob.of("index"),
            List.of(signature),
            List.of(new Product.Attachment(tag, signature)),
            List.of());
    StoredProduct stored = store.put(image, product, bytes -> {});
    assertThat(sink.done())
        .containsExactly(
            "put content/" + digest("signature").hex(),
            "put " + AttachmentAddress.of(image, tag),
            "put " + image);
    assertThat(stored.attachments())
        .containsExactly(new StoredAttachment(tag, new StoredObject(9, digest("signature"))));
    assertThat(ProductStore.size(product)).isEqualTo(23);
    assertThat(store.copy(new KnownProduct(image, stored), image("v1.9.6")))
        .as("it is built, as a copy would be without its signature")
        .isFalse();
  }

  private static AssetAddress image(String version) {
    return AssetAddress.parse(
            "g1a2b3c4d/v2/metal-installer/%s/manifests/%s".formatted("a".repeat(64), version))
        .orElseThrow();
  }

  private static Product.Content content(String text) {
    return new Product.Content(digest(text), "text/plain", Blob.of(text));
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
