package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.DerivedBlobs;
import imageservice.builder.cache.Workspace;
import imageservice.builder.material.GrubKit;
import imageservice.builder.material.InstalledFirmware;
import imageservice.builder.material.Material;
import imageservice.builder.oci.PublicTestImages;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What overlays' programs add to the material of a plan.
final class OverlayMaterialTest {
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
