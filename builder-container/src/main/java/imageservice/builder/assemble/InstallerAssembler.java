package imageservice.builder.assemble;

import imageservice.builder.layers.TreeEntry;
import imageservice.builder.material.BaseImage;
import imageservice.builder.material.Material;
import imageservice.formats.blob.Blob;
import imageservice.formats.tar.PosixArchive;
import imageservice.ledger.Measurement;
import imageservice.plan.Boot;
import imageservice.plan.BuildPlan;
import imageservice.plan.Input;
import imageservice.plan.InstallerContent;
import imageservice.plan.UkiContent;
import imageservice.release.Capability;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// An installer's container image: the layers of the release's base as they are, a layer with what
/// the machine will boot, and one with an overlay.
final class InstallerAssembler {
  /// The reference gives nobody any permission; the installer runs as root.
  private static final int ARTIFACT_MODE = 0;

  private static final int OPTIONS_MODE = 0644;
  private static final String OVERLAY = "overlay/";

  /// Where installers look for the program of the one overlay that they carry.
  private static final String DEFAULT = "installers/default";

  private InstallerAssembler() {}

  static Product archive(BuildPlan.InstallerArchive plan, Material material, Tools tools)
      throws IOException {
    Assembled assembled = assemble(plan.content(), material, tools);
    return Product.measured(
        DockerArchive.of(assembled.image(), plan.reference()), assembled.measurements());
  }

  /// The image for the architectures whose material there is, with its signatures.
  static Product image(BuildPlan.InstallerImage plan, Material material, Tools tools)
      throws IOException {
    List<ContainerImage> images = new ArrayList<>();
    for (InstallerContent content : plan.contents()) {
      if (material.bases().containsKey(content.base())) {
        images.add(assemble(content, material, tools).image());
      }
    }
    Product image = ContainerIndex.product(images);
    return plan.signing().isPresent()
        ? SignedIndex.of(image, plan.signing().get(), tools.signer())
        : image;
  }

  private record Assembled(ContainerImage image, List<Measurement> measurements) {}

  private static Assembled assemble(InstallerContent content, Material material, Tools tools)
      throws IOException {
    BaseImage base = material.base(content.base());
    Artifacts artifacts = artifacts(content, material, tools);
    List<ContainerLayer> layers = new ArrayList<>();
    for (BaseImage.Layer layer : base.layers()) {
      layers.add(ContainerLayer.of(layer));
    }
    layers.add(ContainerLayer.of(artifacts.tar(content)));
    if (content.overlay().isPresent()) {
      layers.add(ContainerLayer.of(overlay(content.overlay().get(), material)));
    }
    return new Assembled(
        ContainerImage.of(content.architecture(), base.config(), layers), artifacts.measurements());
  }

  /// What the machine will boot, by file name, and what it measures then.
  private record Artifacts(SortedMap<String, Blob> files, List<Measurement> measurements) {
    Blob tar(InstallerContent content) {
      PosixArchive archive = new PosixArchive();
      files.forEach((name, file) ->
          archive.file(
              "usr/install/%s/%s".formatted(content.architecture(), name), ARTIFACT_MODE, file));
      return archive.build();
    }
  }

  private static Artifacts artifacts(InstallerContent content, Material material, Tools tools)
      throws IOException {
    return switch (content.installed()) {
      case InstallerContent.Separate separate -> separate(separate, material, tools);
      case InstallerContent.Unified unified -> unified(unified.boot(), material, tools);
    };
  }

  private static Artifacts separate(
      InstallerContent.Separate separate, Material material, Tools tools) throws IOException {
    Blob initramfs = InitramfsAssembler.assemble(separate.initramfs(), material, tools);
    Blob kernel = material.file(separate.kernel());
    return new Artifacts(
        new TreeMap<>(Map.of("vmlinuz", kernel, "initramfs.xz", initramfs)), List.of());
  }

  private static Artifacts unified(Boot.SystemdBoot boot, Material material, Tools tools)
      throws IOException {
    UkiContent content = boot.image();
    WholeCommandLine.require(
        content.kernel(), content.commandLine(), line -> content.longestAppended(), material);
    Product uki = UkiAssembler.assemble(content, material, tools);
    Blob loader = BootSigning.of(content, tools).sign(material.file(boot.loader()));
    return new Artifacts(
        new TreeMap<>(Map.of("systemd-boot.efi", loader, ukiName(content), uki.asset())),
        uki.measurements());
  }

  /// The name under which the release's installer looks for a UKI.
  private static String ukiName(UkiContent content) {
    return Capability.UNIFIED_INSTALLER.in(content.version())
        ? "vmlinuz.efi"
        : "vmlinuz.efi.signed";
  }

  private static Blob overlay(InstallerContent.CarriedOverlay carried, Material material) {
    Input.OverlayImage image = carried.image();
    SortedMap<String, Consumer<PosixArchive>> entries = new TreeMap<>();
    material
        .overlay(image)
        .forEach((path, entry) -> {
          String name = OVERLAY + (path.equals(image.program()) ? DEFAULT : path);
          entries.put(name, archive -> add(archive, name, entry));
        });
    String options = OVERLAY + "extra-options";
    entries.put(
        options, archive -> archive.file(options, OPTIONS_MODE, Blob.of(carried.options())));
    PosixArchive archive = new PosixArchive();
    entries.values().forEach(entry -> entry.accept(archive));
    return archive.build();
  }

  private static void add(PosixArchive archive, String name, TreeEntry entry) {
    switch (entry) {
      case TreeEntry.File file -> archive.file(name, file.mode(), file.content());
      case TreeEntry.Directory folder -> archive.folder(name, folder.mode());
      case TreeEntry.Symlink link -> archive.symlink(name, link.mode(), link.target());
    }
  }
}
