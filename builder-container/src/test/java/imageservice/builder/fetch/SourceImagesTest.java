package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.AttachmentTag;
import imageservice.builder.assemble.Assembler;
import imageservice.builder.assemble.Product;
import imageservice.builder.assemble.Tools;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.Derived;
import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.MemorySource;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.SourceException;
import imageservice.builder.oci.TestImages;
import imageservice.builder.overlay.OverlayPrograms;
import imageservice.plan.BuildPlan;
import imageservice.plan.Input;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images as their source has them, as products.
final class SourceImagesTest {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final int LARGEST = 1 << 20;

  @TempDir Path folder = Path.of("unset");

  @SuppressWarnings("NullAway.Init") // before each test
  private BlobCache cache;

  private final TestImages images = new TestImages();

  @BeforeEach
  void open() throws IOException {
    cache = new BlobCache(folder, 1L << 30, () -> Instant.EPOCH);
  }

  @AfterEach
  void close() throws IOException {
    cache.close();
  }

  @Test
  void everyByteIsTheSourcesAndTheIndexComesLast() throws IOException {
    Descriptor index =
        images.index(
            Map.of(
                "amd64", images.manifest("amd64", layer("one"), layer("two")),
                "arm64", images.manifest("arm64", layer("one"))));
    Product product = product(index);
    assertSame(product);
    assertThat(product.contents()).extracting(Product.Content::digest).doesNotHaveDuplicates();
    assertThat(product.contents().getLast().digest()).isEqualTo(index.digest());
    assertThat(product.contents().getLast().mediaType())
        .isEqualTo("application/vnd.oci.image.index.v1+json");
    assertThat(Digest.of(product.asset().bytes(LARGEST))).isEqualTo(index.digest());
    assertThat(product.contents())
        .as("an index, two manifests, two configurations, two layers")
        .hasSize(7);
    assertThat(product.attachments()).isEmpty();
  }

  @Test
  void anImageWithoutAnIndexIsItsManifest() throws IOException {
    Descriptor manifest = images.manifest("amd64", layer("one"));
    Product product = product(manifest);
    assertSame(product);
    assertThat(product.contents().getLast().digest()).isEqualTo(manifest.digest());
    assertThat(product.contents().getLast().mediaType()).isEqualTo(MANIFEST);
  }

  @Test
  void signaturesOfTheSourceComeAlong() throws IOException {
    Descriptor image = images.manifest("amd64", layer("one"));
    Descriptor signature = images.manifest("", images.blob("application/x-payload", bytes("p")));
    Descriptor referrers = images.index(Map.of("", images.manifest("", layer("bundle"))));
    String tag = "sha256-" + image.digest().hex();
    images.tag(tag + ".sig", signature).tag(tag, referrers);
    Product product = product(image);
    assertSame(product);
    assertThat(product.attachments())
        .extracting(Product.Attachment::tag)
        .containsExactly(
            new AttachmentTag(image.digest(), AttachmentTag.Kind.SIGNATURE),
            new AttachmentTag(image.digest(), AttachmentTag.Kind.REFERRERS));
    assertThat(product.attachments())
        .extracting(attachment -> attachment.content().digest())
        .containsExactly(signature.digest(), referrers.digest());
    assertThat(product.contents())
        .extracting(Product.Content::digest)
        .contains(signature.digest(), referrers.digest(), Digest.of(bytes("p")))
        .endsWith(image.digest());
  }

  /// Nobody signs signatures.
  @Test
  void signaturesAreTakenWithTheImageThatIsAdmitted() throws IOException {
    Descriptor image = images.manifest("amd64", layer("one"));
    Descriptor signature = images.manifest("", images.blob("application/x-payload", bytes("p")));
    images.tag("sha256-" + image.digest().hex() + ".sig", signature);
    Verifier strict = new OneImage(image.digest());
    assertThat(product(image, strict).attachments()).hasSize(1);
    Descriptor other = images.manifest("amd64", layer("two"));
    assertThatThrownBy(() -> product(other, strict)).isInstanceOf(SourceException.Untrusted.class);
  }

  /// An index within an index would let a source have us fetch without end.
  @Test
  void anIndexWithinAnIndexIsTheSourcesFault() throws IOException {
    Descriptor inner = images.index(Map.of("amd64", images.manifest("amd64", layer("one"))));
    Descriptor outer = images.index(Map.of("amd64", inner));
    assertThatThrownBy(() -> product(outer))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessageContaining("an index within an index");
  }

  private record OneImage(Digest digest) implements Verifier {
    @Override
    public String policy() {
      return digest.value();
    }

    @Override
    public Verdict verify(OciImage image) {
      return image.digest().equals(digest)
          ? new Verdict.Admitted()
          : new Verdict.Refused("not signed", "sign it");
    }
  }

  private static void assertSame(Product product) throws IOException {
    for (Product.Content content : product.contents()) {
      assertThat(Digest.of(content.blob().bytes(LARGEST))).isEqualTo(content.digest());
    }
  }

  private Product product(Descriptor image) throws IOException {
    return product(image, new UnverifiedAdmitted());
  }

  private Product product(Descriptor image, Verifier verifier) throws IOException {
    BuildPlan plan = new BuildPlan.SourceImage(new Input.SourceImage("imager", image.digest()));
    MaterialFetcher fetcher =
        new MaterialFetcher(
            new OciImages(new MemorySource(images), verifier, cache),
            Optional.empty(),
            OverlayPrograms.forbidden(),
            Derived.afresh());
    return new Assembler(new Tools(Derived.afresh())).assemble(plan, fetcher.fetch(plan));
  }

  private Descriptor layer(String text) {
    return images.blob(TestImages.GZIP_LAYER, bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
