package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.Architecture;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.Derived;
import imageservice.builder.cache.DerivedBlobs;
import imageservice.builder.cache.Workspace;
import imageservice.builder.material.Fetching;
import imageservice.builder.material.GrubKit;
import imageservice.builder.material.GrubKitException;
import imageservice.builder.material.InstalledFirmware;
import imageservice.builder.material.Material;
import imageservice.builder.material.UnfitInputException;
import imageservice.builder.oci.PublicTestImages;
import imageservice.builder.oci.SourceException;
import imageservice.builder.overlay.OverlayOptions;
import imageservice.builder.overlay.OverlayPrograms;
import imageservice.builder.overlay.WrittenFirmware;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.FileBlob;
import imageservice.plan.AddOnCompression;
import imageservice.plan.Boot;
import imageservice.plan.BuildPlan;
import imageservice.plan.Firmware;
import imageservice.plan.InitramfsContent;
import imageservice.plan.Input;
import imageservice.plan.OverlayInstallation;
import imageservice.plan.OverlayProgram;
import imageservice.plan.PlannedCommandLine;
import imageservice.plan.UkiContent;
import imageservice.plan.VolumeLabel;
import imageservice.plan.cmdline.OpenCommandLine;
import imageservice.release.Digest;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;
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

  /// GRUB and the unified kernel image of a hybrid ISO carry the same line.
  @Test
  void anOverlaysProgramIsAskedOnceForAPlan() throws IOException {
    Digest image = images.image(Map.of("installers/new", "P", "k", "K"));
    Input.ImageFile file = new Input.ImageFile("imager", image, "k");
    PlannedCommandLine line = asking(image);
    InitramfsContent initramfs =
        new InitramfsContent(
            TalosVersion.of(1, 13, 2), file, file, true, AddOnCompression.ZSTD, List.of());
    UkiContent uki =
        new UkiContent(TalosVersion.of(1, 13, 2), file, file, initramfs, line, List.of());
    BuildPlan plan =
        new BuildPlan.Iso(
            VolumeLabel.UNNAMED,
            new Boot.Both(new Boot.SystemdBoot(uki, file), true, new Input.GrubKit(KIT.digest())));
    List<String> asked = new ArrayList<>();
    Material material = asking(new Recording(asked)).fetch(plan);
    assertThat(material.commandLine(line)).isEqualTo("a=1 console=tty1 b quiet");
    assertThat(asked).containsExactly("new: x: 1\n");
  }

  /// Of any number of disks of one size, and asked for its options once for each.
  @Test
  void anOverlaysProgramInstallsOnceAndWhatItWroteIsKept() throws IOException {
    Digest image = images.image(Map.of("installers/new", "P", "artifacts/a/b", "A"));
    PlannedCommandLine.WithOverlay line = (PlannedCommandLine.WithOverlay) asking(image);
    Firmware.ByProgram firmware =
        new Firmware.ByProgram(
            line.program(), new Input.ImageFolder("sbc-new", image, "artifacts"));
    List<String> asked = new ArrayList<>();
    for (long size : new long[] {1 << 20, 1 << 20, 1 << 21}) {
      InstalledFirmware installed =
          asking(new Recording(asked))
              .fetch(
                  firmware.inputs(),
                  Optional.of(line),
                  Optional.of(new OverlayInstallation(firmware, size)))
              .installed(firmware);
      assertThat(installed.skip()).isEqualTo(2048);
      assertThat(text(installed.raw().get(8_192L))).isEqualTo("raw");
      assertThat(text(installed.files().get("a/b"))).isEqualTo("A");
      assertThat(text(installed.files().get("size"))).isEqualTo("" + size);
    }
    String options = "new: x: 1\n";
    String install = "install " + options;
    assertThat(asked).containsExactly(options, install, options, options, install);
  }

  private static String text(@Nullable Blob content) throws IOException {
    return new String(Objects.requireNonNull(content).bytes(1 << 10), StandardCharsets.UTF_8);
  }

  private static PlannedCommandLine asking(Digest image) {
    return new PlannedCommandLine.WithOverlay(
        new OverlayProgram(new Input.ImageFile("sbc-new", image, "installers/new"), "x: 1\n"),
        new OpenCommandLine("a=1", "b", List.of("quiet")));
  }

  private MaterialFetcher asking(OverlayPrograms programs) {
    return new MaterialFetcher(
        new OciImages(images.source(), new UnverifiedAdmitted(), cache),
        Optional.of(KIT),
        programs,
        new DerivedBlobs(cache));
  }

  /// Says what it is asked, and writes its artifacts and the size of the disk.
  private record Recording(List<String> asked) implements OverlayPrograms {
    @Override
    public OverlayOptions options(Program program) {
      asked.add(program.overlay() + ": " + program.options());
      return new OverlayOptions(List.of("console=tty1"), 2048);
    }

    @Override
    public Blob install(
        Program program, SortedMap<String, Blob> artifacts, long diskSize, Workspace workspace)
        throws IOException {
      asked.add("install " + program.overlay() + ": " + program.options());
      SortedMap<String, Blob> files = new TreeMap<>(artifacts);
      files.put("size", Blob.of(Long.toString(diskSize)));
      return new FileBlob(
          new WrittenFirmware(new TreeMap<>(Map.of(8_192L, Blob.of("raw"))), files)
              .keep(workspace.newFile()));
    }
  }
}
