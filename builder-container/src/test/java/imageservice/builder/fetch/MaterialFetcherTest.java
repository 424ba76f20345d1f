package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.Architecture;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.Derived;
import imageservice.builder.material.Fetching;
import imageservice.builder.material.GrubKit;
import imageservice.builder.material.GrubKitException;
import imageservice.builder.material.Material;
import imageservice.builder.material.UnfitInputException;
import imageservice.builder.oci.PublicTestImages;
import imageservice.builder.oci.SourceException;
import imageservice.builder.overlay.OverlayPrograms;
import imageservice.plan.BuildPlan;
import imageservice.plan.Input;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MaterialFetcherTest {
  private static final Digest OTHER = Digest.of("other".getBytes(StandardCharsets.UTF_8));

  private static final GrubKit KIT =
      new GrubKit(Digest.of("kit".getBytes(StandardCharsets.UTF_8)), "/.disk/marker", Map.of());

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
    MaterialFetcher source = source(new UnverifiedAdmitted(), Optional.empty());
    Input.ImageFile kernel = new Input.ImageFile("imager", image, "usr/install/amd64/vmlinuz");
    Input.ImageFile initramfs = new Input.ImageFile("imager", image, "usr/install/b");
    Material material =
        source.fetch(List.of(kernel, initramfs), Optional.empty(), Optional.empty());
    assertThat(material.file(kernel).bytes(10)).isEqualTo(new byte[] {'K'});
    assertThat(material.file(initramfs).bytes(10)).isEqualTo(new byte[] {'I'});
    assertThat(images.blobsAsked()).isEqualTo(1);
  }

  @Test
  void showsWhatCameForAPlanAndNothingThatWasThere() throws IOException {
    Digest image = images.image(Map.of("usr/install/amd64/vmlinuz", "K"));
    MaterialFetcher source = source(new UnverifiedAdmitted(), Optional.empty());
    BuildPlan plan =
        new BuildPlan.Kernel(new Input.ImageFile("imager", image, "usr/install/amd64/vmlinuz"));
    try (Fetching fetching = source.watch(plan)) {
      source.fetch(plan);
      assertThat(fetching.inputs())
          .singleElement()
          .satisfies(input -> {
            assertThat(input.repository()).isEqualTo("imager");
            assertThat(input.digest()).isEqualTo(image);
            assertThat(input.doneBytes()).isPositive().isEqualTo(input.totalBytes());
          });
    }
    try (Fetching again = source.watch(plan)) {
      source.fetch(plan);
      assertThat(again.inputs()).isEmpty();
    }
  }

  @Test
  void refusesWhatIsNotPlanned() throws IOException {
    Material material =
        source(new UnverifiedAdmitted(), Optional.of(KIT))
            .fetch(List.of(), Optional.empty(), Optional.empty());
    Input.ImageFile file = new Input.ImageFile("imager", OTHER, "a");
    assertThatThrownBy(() -> material.file(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("not in the plan: " + file);
    Input.GrubKit kit = new Input.GrubKit(OTHER);
    assertThatThrownBy(() -> material.kit(kit))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("not in the plan: " + kit);
  }

  @Test
  void saysWhatIsNoRegularFile() throws IOException {
    Digest image = images.imageWithLink("usr/install/vmlinuz", "elsewhere");
    Input.ImageFile link = new Input.ImageFile("imager", image, "usr/install/vmlinuz");
    assertThatThrownBy(() ->
            source(new UnverifiedAdmitted(), Optional.empty())
                .fetch(List.of(link), Optional.empty(), Optional.empty()))
        .isInstanceOf(SourceException.NotFound.class)
        .hasMessageStartingWith(
            "imager@"
                + image
                + ": usr/install/vmlinuz is a symbolic link to elsewhere, not a file");
  }

  @Test
  void saysWhatIsMissingThoughItsFolderIsKnown() throws IOException {
    Digest image = images.image(Map.of("usr/install/b", "I"));
    MaterialFetcher source = source(new UnverifiedAdmitted(), Optional.empty());
    source.fetch(
        List.of(new Input.ImageFile("imager", image, "usr/install/b")),
        Optional.empty(),
        Optional.empty());
    Input.ImageFile missing = new Input.ImageFile("imager", image, "usr/install/vmlinuz");
    assertThatThrownBy(() -> source.fetch(List.of(missing), Optional.empty(), Optional.empty()))
        .isInstanceOf(SourceException.NotFound.class)
        .hasMessageStartingWith("imager@" + image + ": has no file usr/install/vmlinuz");
  }

  @Test
  void saysHowToGetAKit() {
    Input.GrubKit wanted = new Input.GrubKit(OTHER);
    assertThatThrownBy(() ->
            source(new UnverifiedAdmitted(), Optional.empty())
                .fetch(List.of(wanted), Optional.empty(), Optional.empty()))
        .isInstanceOf(GrubKitException.class)
        .hasMessage(
            "the GRUB kit "
                + OTHER
                + " is not here (there is none); make it with grub-kit/make-grub-kit");
    assertThatThrownBy(() ->
            source(new UnverifiedAdmitted(), Optional.of(KIT))
                .fetch(List.of(wanted), Optional.empty(), Optional.empty()))
        .isInstanceOf(GrubKitException.class)
        .hasMessage(
            "the GRUB kit %s is not here (here is %s); make it with grub-kit/make-grub-kit"
                .formatted(OTHER, KIT.digest()));
  }

  @Test
  void takesTheKitThatIsWanted() throws IOException {
    Input.GrubKit wanted = new Input.GrubKit(KIT.digest());
    Material material =
        source(new UnverifiedAdmitted(), Optional.of(KIT))
            .fetch(List.of(wanted), Optional.empty(), Optional.empty());
    assertThat(material.kit(wanted)).isSameAs(KIT);
  }

  @Test
  void letsNothingInThatIsNotTrusted() throws IOException {
    Digest image = images.image(Map.of("a", "A"));
    Input.ImageFile file = new Input.ImageFile("imager", image, "a");
    assertThatThrownBy(() ->
            source(new UnverifiedRefused(), Optional.empty())
                .fetch(List.of(file), Optional.empty(), Optional.empty()))
        .isInstanceOf(SourceException.Untrusted.class)
        .hasMessageContaining("imager@" + image)
        .hasMessageContaining("--insecure-sources");
    assertThat(images.blobsAsked()).isZero();
  }

  @Test
  void saysWhichEntryOfWhichExtensionIsWrong() throws IOException {
    String broken = "; the source or what was pushed to it is broken";
    refused(
        images.extension("rootfs/dev/null", TarConstants.LF_CHR, ""),
        "rootfs/dev/null is a device, which is never made" + broken);
    refused(
        images.extension("rootfs/sda", TarConstants.LF_BLK, ""),
        "rootfs/sda is a device, which is never made" + broken);
    refused(
        images.extension("rootfs/pipe", TarConstants.LF_FIFO, ""),
        "rootfs/pipe is a pipe, which is never made" + broken);
    refused(
        images.extension("rootfs/../../etc/passwd", TarConstants.LF_NORMAL, ""),
        "a path that leads out of the image: rootfs/../../etc/passwd" + broken);
    refused(
        images.extension("/etc/passwd", TarConstants.LF_NORMAL, ""),
        "a path that leads out of the image: /etc/passwd" + broken);
    refused(
        images.extension("rootfs/a", TarConstants.LF_LINK, "../etc/passwd"),
        "a path that leads out of the image: ../etc/passwd" + broken);
    refused(
        images.imageOfZeros("rootfs/zeros", 100 << 20),
        "expands to more than 200 times its size; no image that is supported needs this much");
  }

  /// The image has no index, so that a registry gives it out whatever is asked for.
  @Test
  void anExtensionForAnotherArchitectureAloneIsRefused() throws IOException {
    Digest image = images.image(Map.of("manifest.yaml", "", "rootfs/a", "A"));
    Input.ExtensionImage extension =
        new Input.ExtensionImage("siderolabs/x", image, Architecture.ARM64);
    assertThatThrownBy(() ->
            source(new UnverifiedAdmitted(), Optional.empty())
                .fetch(List.of(extension), Optional.empty(), Optional.empty()))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage("extension \"siderolabs/x\" has no arm64 build");
  }

  @Test
  void anExtensionOfAnotherOrganisationIsNotThere() {
    Input.ExtensionImage foreign = new Input.ExtensionImage("my-org/x", OTHER, Architecture.AMD64);
    assertThatThrownBy(() ->
            source(new UnverifiedAdmitted(), Optional.empty())
                .fetch(List.of(foreign), Optional.empty(), Optional.empty()))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage("extension \"my-org/x\" is not below the source's prefix");
  }

  /// As something that another request must leave out, not as something to try again.
  private void refused(Digest image, String problem) {
    Input.ExtensionImage extension =
        new Input.ExtensionImage("siderolabs/x", image, Architecture.AMD64);
    assertThatThrownBy(() ->
            source(new UnverifiedAdmitted(), Optional.empty())
                .fetch(List.of(extension), Optional.empty(), Optional.empty()))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage("extension \"siderolabs/x\": x@" + image + ": " + problem);
  }

  private MaterialFetcher source(Verifier verifier, Optional<GrubKit> kit) {
    return new MaterialFetcher(
        new OciImages(images.source(), verifier, cache),
        kit,
        OverlayPrograms.forbidden(),
        Derived.afresh());
  }
}
