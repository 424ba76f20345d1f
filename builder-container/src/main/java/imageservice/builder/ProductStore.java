package imageservice.builder;

import imageservice.asset.AssetAddress;
import imageservice.asset.AttachmentAddress;
import imageservice.asset.ContentAddress;
import imageservice.asset.MediaTypes;
import imageservice.builder.assemble.Product;
import imageservice.builder.store.AssetSink;
import imageservice.formats.blob.Blob;
import imageservice.ledger.KnownProduct;
import imageservice.ledger.StoredAttachment;
import imageservice.ledger.StoredObject;
import imageservice.ledger.StoredProduct;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Stores a product's content-addressed objects first and its named asset last: a client that finds
/// the asset finds everything that it refers to.
final class ProductStore {
  private final AssetSink sink;

  ProductStore(AssetSink sink) {
    this.sink = sink;
  }

  /// Bytes of all objects of a product together.
  static long size(Product product) {
    return Stream.concat(
                product.contents().stream(),
                product.attachments().stream().map(Product.Attachment::content))
            .mapToLong(content -> content.blob().length())
            .sum()
        + product.asset().length();
  }

  /// @param progress receives the bytes stored so far, of all objects together
  StoredProduct put(AssetAddress address, Product product, AssetSink.Progress progress)
      throws IOException {
    List<StoredObject> contents = new ArrayList<>();
    long stored = 0;
    for (Product.Content content : product.contents()) {
      contents.add(put(content, offset(stored, progress)));
      stored += content.blob().length();
    }
    List<StoredAttachment> attachments = new ArrayList<>();
    for (Product.Attachment attachment : product.attachments()) {
      AssetSink.Target target = target(address, attachment);
      Blob manifest = attachment.content().blob();
      attachments.add(
          new StoredAttachment(
              attachment.tag(), sink.put(target, manifest, offset(stored, progress))));
      stored += manifest.length();
    }
    StoredObject asset = sink.put(target(address), product.asset(), offset(stored, progress));
    return new StoredProduct(asset, contents, attachments, product.measurements(), List.of());
  }

  private static AssetSink.Target target(AssetAddress image, Product.Attachment attachment) {
    return new AssetSink.Target(
        AttachmentAddress.of(image, attachment.tag()).toString(),
        attachment.content().mediaType(),
        attachment.tag().toString());
  }

  /// Copies the asset of the same plan from another asset address. False where one of the product's
  /// objects is gone; then the asset must be built. So must an image to which something belongs,
  /// whose types of manifests a record does not tell.
  boolean copy(KnownProduct known, AssetAddress to) throws IOException {
    if (!known.product().attachments().isEmpty()) {
      return false;
    }
    for (StoredObject content : known.product().contents()) {
      if (!sink.has(new ContentAddress(content.digest()).toString(), content.size())) {
        return false;
      }
    }
    return sink.copy(known.address().toString(), known.product().asset().size(), target(to));
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

  /// The progress of one object, added to the bytes of those stored before it.
  private static AssetSink.Progress offset(long stored, AssetSink.Progress progress) {
    return bytes -> progress.stored(stored + bytes);
  }

  private static AssetSink.Target target(AssetAddress address) {
    String fileName = address.asset().fileName();
    return new AssetSink.Target(address.toString(), MediaTypes.of(fileName), fileName, true);
  }
}
