package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Platform;
import imageservice.builder.extension.ExtensionFixture;
import imageservice.builder.layers.TreeEntry;
import imageservice.builder.material.Material;
import imageservice.formats.blob.Blob;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import imageservice.plan.BuildPlan;
import imageservice.plan.Input;
import imageservice.plan.InstallerContent;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What skopeo and umoci make of installers: the files in them are the assets of the same plan.
@Tag("tool")
final class InstallerToolTest extends ExtensionFixture {
  private static final int LARGEST = 64 << 20;

  @ParameterizedTest
  @CsvSource({"v1.9.5, amd64", "v1.9.5, arm64", "v1.13.2, amd64", "v1.13.2, arm64"})
  void anArchiveHoldsWhatTheMachineWillBoot(String version, String architecture)
      throws IOException {
    BuildPlan.InstallerArchive plan =
        (BuildPlan.InstallerArchive)
            Plans.of(version, "all", "aws-installer-" + architecture + ".tar");
    Material material = InstallerStock.material(cache, plan, version);
    Path root = unpacked(new Assembler(Plans.TOOLS).assemble(plan, material).asset(), architecture);
    assertThat(Files.readString(root.resolve("usr/bin/installer")))
        .contains("mini installer " + version);
    Path files = root.resolve("usr/install/" + architecture);
    for (Map.Entry<String, Blob> file : booted(plan.content(), material).entrySet()) {
      Path path = files.resolve(file.getKey());
      assertThat(Files.getPosixFilePermissions(path)).isEmpty();
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--------"));
      assertThat(path).as(file.getKey()).hasBinaryContent(file.getValue().bytes(LARGEST));
    }
    assertThat(files.toFile().list()).hasSize(2);
  }

  private static SortedMap<String, Blob> booted(InstallerContent content, Material material)
      throws IOException {
    return switch (content.installed()) {
      case InstallerContent.Separate separate ->
          new TreeMap<>(
              Map.of(
                  "vmlinuz",
                  material.file(separate.kernel()),
                  "initramfs.xz",
                  InitramfsAssembler.assemble(separate.initramfs(), material, Plans.TOOLS)));
      case InstallerContent.Unified unified ->
          new TreeMap<>(
              Map.of(
                  "systemd-boot.efi",
                  material.file(unified.boot().loader()),
                  "vmlinuz.efi",
                  UkiAssembler.assemble(unified.boot().image(), material, Plans.TOOLS).asset()));
    };
  }

  /// Every engine reads it by platform, and all that it names is there.
  @ParameterizedTest
  @CsvSource({"amd64", "arm64"})
  void anImageIsCopiedForEachArchitecture(String architecture) throws IOException {
    BuildPlan.InstallerImage plan = Plans.image("v1.13.2", "all", Platform.METAL);
    Product product =
        new Assembler(Plans.TOOLS).assemble(plan, InstallerStock.material(cache, plan, "v1.13.2"));
    Path layout = layout(product);
    Path copy = folder.resolve("copy");
    skopeo("copy", "--override-arch", architecture, "oci:" + layout + ":image", "dir:" + copy);
    String inspected = skopeo("inspect", "dir:" + copy);
    assertThat(inspected)
        .contains("\"Architecture\": \"" + architecture + "\"", "\"Os\": \"linux\"")
        .contains("\"alpha.talos.dev/version\": \"v1.13.2\"");
  }

  @Test
  void anOverlayIsCarriedWithItsModesAndOptions() throws IOException {
    BuildPlan.InstallerArchive without =
        (BuildPlan.InstallerArchive) Plans.of("v1.9.5", "empty", "installer-arm64.tar");
    Input.OverlayImage image =
        new Input.OverlayImage(
            "mini",
            "sbc-mini",
            Digest.of("o".getBytes(StandardCharsets.UTF_8)),
            without.content().architecture());
    BuildPlan.InstallerArchive plan =
        new BuildPlan.InstallerArchive(
            new InstallerContent(
                without.content().base(),
                without.content().installed(),
                Optional.of(new InstallerContent.CarriedOverlay(image, "a: 1\n"))),
            without.reference());
    Material plain = InstallerStock.material(cache, without, "v1.9.5");
    Material material =
        plain.and(
            new Material(
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(image, overlay()),
                Map.of(),
                Map.of()));
    Path root = unpacked(new Assembler(Plans.TOOLS).assemble(plan, material).asset(), "arm64");
    Path overlay = root.resolve("overlay");
    assertThat(overlay.resolve("extra-options")).hasContent("a: 1\n");
    assertThat(Files.readString(overlay.resolve("installers/default"))).isEqualTo("program");
    assertThat(mode(overlay.resolve("installers/default"))).isEqualTo("rwxr-x--x");
    assertThat(Files.readString(overlay.resolve("artifacts/arm64/u-boot.bin"))).isEqualTo("u-boot");
    assertThat(mode(overlay.resolve("artifacts"))).isEqualTo("rwxr-x---");
  }

  private SortedMap<String, TreeEntry> overlay() throws IOException {
    return new TreeMap<>(
        Map.of(
            "installers/mini", new TreeEntry.File(0751, null, cached("program")),
            "artifacts", new TreeEntry.Directory(0750, null),
            "artifacts/arm64", new TreeEntry.Directory(0755, null),
            "artifacts/arm64/u-boot.bin", new TreeEntry.File(0644, null, cached("u-boot"))));
  }

  private imageservice.builder.cache.CachedBlob cached(String text) throws IOException {
    return cache.put(Blob.of(text).open());
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  /// The root that an engine would see.
  private Path unpacked(Blob archive, String architecture) throws IOException {
    Path file = Medium.write(archive, folder.resolve("installer.tar"));
    assertThat(skopeo("inspect", "docker-archive:" + file))
        .contains("\"Architecture\": \"" + architecture + "\"");
    Path layout = folder.resolve("layout");
    skopeo("copy", "docker-archive:" + file, "oci:" + layout + ":installer");
    Path bundle = folder.resolve("bundle");
    Judge.named("umoci")
        .run("unpack", "--rootless", "--image", layout + ":installer", bundle.toString())
        .accepted();
    return bundle.resolve("rootfs");
  }

  private Path layout(Product product) throws IOException {
    Path layout = folder.resolve("image");
    Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
    for (Product.Content content : product.contents()) {
      Medium.write(content.blob(), blobs.resolve(content.digest().hex()));
    }
    Product.Content index = product.contents().getLast();
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Files.writeString(
        layout.resolve("index.json"),
        "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"annotations\":{\"org.opencontainers.image.ref.name\":\"image\"}}]}"
            .formatted(index.mediaType(), index.digest(), index.blob().length()));
    return layout;
  }

  private static String skopeo(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "--insecure-policy";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Judge.named("skopeo").run(all).accepted().output();
  }
}
