package imageservice.builder.assemble;

import imageservice.asset.AttachmentTag;
import imageservice.builder.material.SourceImage;
import java.util.List;
import java.util.Map;

/// An image as its source has it: its index, or its manifest where it has none, is the asset.
final class SourceImageProduct {
  private SourceImageProduct() {}

  static Product of(SourceImage image) {
    SourceImage.Content index = image.contents().getLast();
    List<Product.Attachment> attachments =
        image.attachments().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each ->
                new Product.Attachment(
                    new AttachmentTag(index.digest(), each.getKey()), content(each.getValue())))
            .toList();
    return new Product(
        index.blob(),
        image.contents().stream().map(SourceImageProduct::content).toList(),
        attachments,
        List.of());
  }

  private static Product.Content content(SourceImage.Content content) {
    return new Product.Content(content.digest(), content.mediaType(), content.blob());
  }
}
