package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.fetch.BlobCache;
import imageservice.builder.fetch.Derived;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.fetch.PublicTestImages;
import imageservice.builder.fetch.SourceException;
import imageservice.builder.fetch.Trust;
import imageservice.plan.Input;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageInputsTest {
  private static final Digest OTHER = Digest.of("other".getBytes(StandardCharsets.UTF_8));

  @TempDir Path folder = Path.of("unset");

  @SuppressWarnings("NullAway.Init") // before each test
  private BlobCache cache;

  private final PublicTestImages images = new PublicTestImages();

  @BeforeEach
  void open() throws IOException {
    cache = new BlobCache(folder, 1L << 30, () -> Instant.EPOCH);
  }

  @AfterEach
  void close() throws IOException {
    cache.close();
  }

  @Test
  void fetchesFilesOutOfOneStreamOfTheLayer() throws IOException {
    Digest image = images.image(Map.of("usr/install/amd64/vmlinuz", "K", "usr/install/b", "I"));
    ImageInputs source = source(new Trust.Insecure(), Optional.empty());
    Input.ImageFile kernel = new Input.ImageFile("imager", image, "usr/install/amd64/vmlinuz");
    Input.ImageFile initramfs = new Input.ImageFile("imager", image, "usr/install/b");
    Inputs inputs = source.fetch(List.of(kernel, initramfs));
    assertThat(inputs.file(kernel).bytes(10)).isEqualTo(new byte[] {'K'});
    assertThat(inputs.file(initramfs).bytes(10)).isEqualTo(new byte[] {'I'});
    assertThat(images.blobsAsked()).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNotPlanned() throws IOException {
    Inputs inputs = source(new Trust.Insecure(), Optional.of(Plans.KIT)).fetch(List.of());
    Input.ImageFile file = new Input.ImageFile("imager", OTHER, "a");
    assertThatThrownBy(() -> inputs.file(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("not among the plan's inputs: " + file);
    Input.GrubKit kit = new Input.GrubKit(OTHER);
    assertThatThrownBy(() -> inputs.kit(kit))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("not among the plan's inputs: " + kit);
  }

  @Test
  void saysWhatIsNoRegularFile() throws IOException {
    Digest image = images.imageWithLink("usr/install/vmlinuz", "elsewhere");
    Input.ImageFile link = new Input.ImageFile("imager", image, "usr/install/vmlinuz");
    assertThatThrownBy(() -> source(new Trust.Insecure(), Optional.empty()).fetch(List.of(link)))
        .isInstanceOf(SourceException.NotFound.class)
        .hasMessageStartingWith(
            "imager@"
                + image
                + ": usr/install/vmlinuz is a symbolic link to elsewhere, not a file");
  }

  @Test
  void saysWhatIsMissingThoughItsFolderIsKnown() throws IOException {
    Digest image = images.image(Map.of("usr/install/b", "I"));
    ImageInputs source = source(new Trust.Insecure(), Optional.empty());
    source.fetch(List.of(new Input.ImageFile("imager", image, "usr/install/b")));
    Input.ImageFile missing = new Input.ImageFile("imager", image, "usr/install/vmlinuz");
    assertThatThrownBy(() -> source.fetch(List.of(missing)))
        .isInstanceOf(SourceException.NotFound.class)
        .hasMessageStartingWith("imager@" + image + ": has no file usr/install/vmlinuz");
  }

  @Test
  void saysHowToGetAKit() {
    Input.GrubKit wanted = new Input.GrubKit(OTHER);
    assertThatThrownBy(() -> source(new Trust.Insecure(), Optional.empty()).fetch(List.of(wanted)))
        .isInstanceOf(GrubKitException.class)
        .hasMessage(
            "the GRUB kit "
                + OTHER
                + " is not here (there is none); make it with grub-kit/make-grub-kit");
    assertThatThrownBy(
            () -> source(new Trust.Insecure(), Optional.of(Plans.KIT)).fetch(List.of(wanted)))
        .isInstanceOf(GrubKitException.class)
        .hasMessage(
            "the GRUB kit %s is not here (here is %s); make it with grub-kit/make-grub-kit"
                .formatted(OTHER, Plans.KIT.digest()));
  }

  @Test
  void takesTheKitThatIsWanted() throws IOException {
    Input.GrubKit wanted = new Input.GrubKit(Plans.KIT.digest());
    Inputs inputs = source(new Trust.Insecure(), Optional.of(Plans.KIT)).fetch(List.of(wanted));
    assertThat(inputs.kit(wanted)).isSameAs(Plans.KIT);
  }

  @Test
  void letsNothingInThatIsNotTrusted() throws IOException {
    Digest image = images.image(Map.of("a", "A"));
    Input.ImageFile file = new Input.ImageFile("imager", image, "a");
    assertThatThrownBy(
            () -> source(new Trust.VerifiedOnly(), Optional.empty()).fetch(List.of(file)))
        .isInstanceOf(SourceException.Untrusted.class)
        .hasMessageContaining("imager@" + image)
        .hasMessageContaining("--insecure-sources");
    assertThat(images.blobsAsked()).isZero();
  }

  private ImageInputs source(Trust trust, Optional<GrubKit> kit) {
    return new ImageInputs(new OciImages(images.source(), trust, cache), Derived.afresh(), kit);
  }
}
