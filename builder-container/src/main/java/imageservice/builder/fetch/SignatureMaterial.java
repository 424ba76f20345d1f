package imageservice.builder.fetch;

import imageservice.asset.AttachmentTag;
import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.ImageSource;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.RawManifest;
import imageservice.builder.oci.Referrer;
import imageservice.builder.oci.ReferrerJson;
import imageservice.builder.oci.SourceException;
import imageservice.builder.trust.Bytes;
import imageservice.builder.trust.Material;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Finds what a source has of an image's signatures. Of the image itself nothing is read.
final class SignatureMaterial {
  /// Where signatures are, in the order in which they are looked for.
  enum Form {
    /// Bundles that the source's own list names.
    LISTED("bundle among what refers to it"),
    /// Bundles that a list by a tag names, which clients keep for sources without lists.
    TAGGED("bundle by its tag"),
    /// Payloads of simple signing by a tag.
    OLDER("signature by its tag");

    private final String words;

    Form(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /// A signature that was found, and not read yet.
  interface Found {
    Material read() throws IOException;
  }

  private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
  private static final int MOST = 50;
  private static final long MOST_BYTES = 256 << 10;

  private final ImageSource source;

  SignatureMaterial(ImageSource source) {
    this.source = source;
  }

  /// Nothing where the source has none, or does not tell.
  List<Found> find(OciImage image, Form form) throws IOException {
    try {
      return switch (form) {
        case LISTED -> bundles(image, source.referrers(image.repository(), image.digest()));
        case TAGGED -> {
          String tag = new AttachmentTag(image.digest(), AttachmentTag.Kind.REFERRERS).toString();
          yield bundles(image, ReferrerJson.referrers(image.toString(), tagged(image, tag)));
        }
        case OLDER -> {
          String tag = new AttachmentTag(image.digest(), AttachmentTag.Kind.SIGNATURE).toString();
          yield payloads(image, ReferrerJson.layers(image.toString(), tagged(image, tag)));
        }
      };
    } catch (SourceException e) {
      if (isLasting(e)) {
        return List.of();
      }
      throw e;
    }
  }

  /// Whether asking again would bring the same: the source does not have it, does not give it to
  /// us, or what it has is broken.
  static boolean isLasting(SourceException e) {
    return !(e instanceof SourceException.Unavailable || e instanceof SourceException.NotAllowed);
  }

  /// Those that say that they are bundles come first, as only some are read. Others may be bundles
  /// as well.
  private List<Found> bundles(OciImage image, List<Referrer> referrers) {
    List<Found> found = new ArrayList<>();
    referrers.stream()
        .sorted(Comparator.comparing(referrer -> !referrer.artifactType().equals(BUNDLE)))
        .limit(MOST)
        .forEach(referrer -> found.add(() -> bundle(image, referrer.descriptor().digest())));
    return found;
  }

  private Material bundle(OciImage image, Digest manifest) throws IOException {
    List<Referrer.Layer> layers = ReferrerJson.layers(image.toString(), manifest(image, manifest));
    if (layers.size() != 1 || !layers.getFirst().descriptor().mediaType().equals(BUNDLE)) {
      throw new SourceException.Malformed(image.toString(), "no bundle of sigstore's", null);
    }
    return new Material.Bundle(blob(image, layers.getFirst().descriptor()));
  }

  private List<Found> payloads(OciImage image, List<Referrer.Layer> layers) {
    return layers.stream()
        .limit(MOST)
        .<Found>map(layer -> () -> payload(image, layer.descriptor(), layer.annotations()))
        .toList();
  }

  private Material payload(OciImage image, Descriptor layer, Map<String, String> annotations)
      throws IOException {
    return new Material.SimpleSigning(blob(image, layer), annotations);
  }

  private byte[] tagged(OciImage image, String tag) throws IOException {
    return manifest(image, source.resolve(image.repository(), tag));
  }

  private byte[] manifest(OciImage image, Digest digest) throws IOException {
    return source.manifest(image.repository(), digest).content().bytes(RawManifest.LIMIT);
  }

  private Bytes blob(OciImage image, Descriptor descriptor) throws IOException {
    if (descriptor.size() > MOST_BYTES) {
      throw new SourceException.TooLarge(
          image.toString(), "a signature of %d bytes".formatted(descriptor.size()));
    }
    try (InputStream in = source.blob(image.repository(), descriptor)) {
      return Bytes.of(in.readAllBytes());
    }
  }
}
