package imageservice.builder.assemble;

import imageservice.asset.AttachmentTag;
import imageservice.builder.sign.ImageSignatures;
import imageservice.builder.sign.SignedDocument;
import imageservice.builder.sign.SignedImage;
import imageservice.builder.sign.Signer;
import imageservice.formats.blob.Blob;
import imageservice.plan.Signing;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An image together with its signatures.
final class SignedIndex {
  private SignedIndex() {}

  /// @param image whose last content is its index
  /// @param signer absent where the builder has no key
  static Product of(Product image, Signing signing, Optional<Signer> signer) throws IOException {
    Product.Content index = image.contents().getLast();
    ImageSignatures signatures =
        ImageSignatures.of(
            new SignedImage(index.mediaType(), index.blob().length(), index.digest()),
            signing,
            signer);
    Map<Digest, Product.Content> contents = new LinkedHashMap<>();
    image.contents().forEach(content -> contents.put(content.digest(), content));
    signatures.documents().forEach(document -> contents.put(document.digest(), content(document)));
    return new Product(
        image.asset(),
        List.copyOf(contents.values()),
        List.of(
            attachment(index, AttachmentTag.Kind.SIGNATURE, signatures.signature()),
            attachment(index, AttachmentTag.Kind.REFERRERS, signatures.referrers())),
        image.measurements());
  }

  private static Product.Attachment attachment(
      Product.Content index, AttachmentTag.Kind kind, SignedDocument document) {
    return new Product.Attachment(new AttachmentTag(index.digest(), kind), content(document));
  }

  private static Product.Content content(SignedDocument document) {
    return new Product.Content(document.digest(), document.mediaType(), Blob.of(document.text()));
  }
}
