package imageservice.builder.sign;

import imageservice.json.JsonText;
import imageservice.plan.Signing;
import java.io.IOException;
import java.util.List;
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

  /// @throws SigningException where the signer's key is not the plan's
  public static ImageSignatures of(SignedImage image, Signing signing, Signer signer)
      throws IOException {
    require(signing, signer);
    SimpleSigning first = SimpleSigning.of(image.digest(), signing.reference(), signer);
    SigstoreBundle bundle = SigstoreBundle.of(image, signing.reference(), signer);
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

  /// That images signed by another key than people verify with are not made.
  private static void require(Signing signing, Signer signer) throws IOException {
    if (!signer.key().id().equals(signing.key())) {
      throw new SigningException(
          "the builder's signing key is %s, and the image is to be signed by %s: give the builder"
                  .formatted(signer.key().id(), signing.key())
              + " and the functions the two halves of one key");
    }
  }

  /// Of a builder without a key.
  public static SigningException noKey(Signing signing) {
    return new SigningException(
        "the builder has no signing key, and the image is to be signed by %s: give it the key"
            .formatted(signing.key()));
  }
}
