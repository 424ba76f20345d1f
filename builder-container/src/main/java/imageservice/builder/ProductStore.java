package imageservice.builder;

import imageservice.asset.AssetAddress;
import imageservice.asset.ContentAddress;
import imageservice.asset.MediaTypes;
import imageservice.builder.assemble.Product;
import imageservice.builder.store.AssetSink;
import imageservice.ledger.KnownProduct;
import imageservice.ledger.StoredObject;
import imageservice.ledger.StoredProduct;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Stores products in the one order that keeps what clients see whole: the content-addressed
/// objects first, the named asset last.
final class ProductStore {
  private final AssetSink sink;

  ProductStore(AssetSink sink) {
    this.sink = sink;
  }

  /// Bytes of all objects of a product.
  static long size(Product product) {
    long contents = product.contents().stream().mapToLong(each -> each.blob().length()).sum();
    return contents + product.asset().length();
  }

  /// @param progress told how much of all objects is stored
  StoredProduct put(AssetAddress address, Product product, AssetSink.Progress progress)
      throws IOException {
    List<StoredObject> contents = new ArrayList<>();
    long before = 0;
    for (Product.Content content : product.contents()) {
      contents.add(put(content, after(before, progress)));
      before += content.blob().length();
    }
    StoredObject asset = sink.put(target(address), product.asset(), after(before, progress));
    return new StoredProduct(asset, contents, product.measurements());
  }

  /// Makes an asset out of another one of the same plan; tells whether all that it consists of was
  /// still there.
  boolean copy(KnownProduct known, AssetAddress to) throws IOException {
    for (StoredObject content : known.product().contents()) {
      if (!sink.has(new ContentAddress(content.digest()).toString())) {
        return false;
      }
    }
    return sink.copy(known.address().toString(), target(to));
  }

  private StoredObject put(Product.Content content, AssetSink.Progress progress)
      throws IOException {
    String key = new ContentAddress(content.digest()).toString();
    StoredObject stored =
        sink.put(
            new AssetSink.Target(key, content.mediaType(), content.digest().hex()),
            content.blob(),
            progress);
    if (!stored.digest().equals(content.digest())) {
      throw new IllegalStateException(
          "content of %s was assembled as %s".formatted(stored.digest(), content.digest()));
    }
    return stored;
  }

  private static AssetSink.Progress after(long before, AssetSink.Progress progress) {
    return bytes -> progress.stored(before + bytes);
  }

  private static AssetSink.Target target(AssetAddress address) {
    String fileName = address.asset().fileName();
    return new AssetSink.Target(address.toString(), MediaTypes.of(fileName), fileName);
  }
}
