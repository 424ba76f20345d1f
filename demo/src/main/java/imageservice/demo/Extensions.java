package imageservice.demo;

import imageservice.asset.Architecture;
import imageservice.release.TalosVersion;
import java.util.List;

/// The extensions of a release: one with a file, one with a module, one with firmware and, on
/// amd64, microcode.
final class Extensions {
  private static final int MICROCODE = 2048;

  private final TalosVersion version;
  private final Material material;
  private final String library;

  Extensions(TalosVersion version, Material material) {
    this.version = version;
    this.material = material;
    this.library = "rootfs/" + BootFiles.library(version);
  }

  /// In the order of their names.
  List<DemoImage> images() {
    return List.of(firmware(), hello(), module());
  }

  private static DemoImage hello() {
    return image(
        "mini-hello",
        "1.0.0",
        "prints a greeting",
        (architecture, files) ->
            files.text(
                "rootfs/usr/local/share/mini/hello.txt",
                "hello from mini-hello on " + architecture + "\n"));
  }

  /// The module needs two of the root's: it loads where the indexes were made anew.
  private DemoImage module() {
    String kernel = material.machines().arm64().kernel().release();
    return image(
        "mini-module",
        kernel.substring(0, kernel.indexOf('-')) + "-" + version,
        "brings " + Kernel.ADDED + ".ko",
        (architecture, files) -> {
          Kernel own = material.machines().of(architecture).kernel();
          String folder = library + "/modules/" + own.release() + "/extras/";
          files.file(folder + Kernel.ADDED + ".ko", own.added());
          files.text("rootfs/usr/local/share/mini/modules.d/" + Kernel.ADDED, "");
        });
  }

  private DemoImage firmware() {
    return image(
        "mini-firmware",
        "1.2.3",
        "firmware and, on amd64, microcode",
        (architecture, files) -> {
          files.text(library + "/firmware/mini/blob.bin", "mini firmware blob\n");
          if (architecture == Architecture.AMD64) {
            files.text(library + "/firmware/intel-ucode/06-0f-01", "I".repeat(MICROCODE));
            files.text(library + "/firmware/amd-ucode/microcode_amd.bin", "A".repeat(MICROCODE));
          }
        });
  }

  private interface Files {
    void add(Architecture architecture, FileTree.Builder files);
  }

  private static DemoImage image(String name, String version, String does, Files content) {
    String manifest =
        """
        version: v1alpha1
        metadata:
          name: %1$s
          version: %2$s
          author: Mini Release
          description: |
            %1$s %3$s.
          compatibility:
            talos:
              version: ">= v1.4.0"
        """
            .formatted(name, version, does);
    return DemoImage.of(
        name,
        version,
        architecture -> {
          FileTree.Builder files = FileTree.builder().text("manifest.yaml", manifest);
          content.add(architecture, files);
          return List.of(files.build());
        });
  }
}
