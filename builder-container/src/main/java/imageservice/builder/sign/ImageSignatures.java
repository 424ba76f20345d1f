package imageservice.builder.sign;

import imageservice.json.JsonText;
import imageservice.plan.Signing;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The signatures of an image in both forms that clients look for.
///
/// @param documents all that is stored by digest
/// @param signature the manifest of the first form, found by a tag
/// @param referrers the index of all that refers to the image
public record ImageSignatures(
    List<SignedDocument> documents, SignedDocument signature, SignedDocument referrers) {
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";

  public ImageSignatures {
    documents = List.copyOf(documents);
  }

  /// @param signer absent where the builder has no key
  /// @throws SigningException where the builder has not the plan's key
  public static ImageSignatures of(SignedImage image, Signing signing, Optional<Signer> signer)
      throws IOException {
    Signer present = SigningException.require(signing.key(), signer, "image");
    SimpleSigning first = SimpleSigning.of(image.digest(), signing.reference(), present);
    ImageBundle bundle = ImageBundle.of(image, signing.reference(), present);
    SignedDocument referrers =
        SignedDocument.of(
            INDEX,
            JsonText.object()
                .put("schemaVersion", 2)
                .put("mediaType", INDEX)
                .put("manifests", List.of(bundle.referrer())));
    return new ImageSignatures(
        Stream.of(first.documents(), bundle.documents(), List.of(referrers))
            .flatMap(List::stream)
            .toList(),
        first.manifest(),
        referrers);
  }
}
