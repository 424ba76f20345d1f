package imageservice.builder.assemble;

import imageservice.builder.material.Material;
import imageservice.builder.sign.Attestations;
import imageservice.formats.blob.Blob;
import imageservice.plan.Boot;
import imageservice.plan.BuildPlan;
import imageservice.plan.MenuReset;
import imageservice.plan.UkiContent;
import java.io.IOException;

/// Turns a plan and its material into a product. Its bytes depend on the plan alone, and large ones
/// are made only when they are read.
public final class Assembler {
  private final Tools tools;

  public Assembler(Tools tools) {
    this.tools = tools;
  }

  public Product assemble(BuildPlan plan, Material material) throws IOException {
    return switch (plan) {
      case BuildPlan.Kernel kernel -> Product.of(material.file(kernel.file()));
      case BuildPlan.Cmdline cmdline -> Product.of(Blob.of(cmdline.text()));
      case BuildPlan.Initramfs initramfs ->
          Product.of(InitramfsAssembler.assemble(initramfs.content(), material, tools));
      case BuildPlan.Uki uki -> uki(uki.content(), material);
      case BuildPlan.Iso iso -> iso(iso, material);
      case BuildPlan.Disk disk -> disk(disk, material);
      case BuildPlan.Talosctl talosctl -> Product.of(material.file(talosctl.file()));
      case BuildPlan.InstallerArchive archive ->
          InstallerAssembler.archive(archive, material, tools);
      case BuildPlan.InstallerImage image -> InstallerAssembler.image(image, material, tools);
      case BuildPlan.Attestation attestation ->
          Product.of(Blob.of(Attestations.bundle(attestation, tools.signer())));
      case BuildPlan.SourceImage source -> SourceImageProduct.of(material.source(source.image()));
    };
  }

  private Product uki(UkiContent content, Material material) throws IOException {
    WholeCommandLine.require(
        content.kernel(), content.commandLine(), line -> content.longestAppended(), material);
    return UkiAssembler.assemble(content, material, tools);
  }

  private Product disk(BuildPlan.Disk disk, Material material) throws IOException {
    WholeCommandLine.require(
        disk.boot().kernel(),
        disk.boot().commandLine(),
        line -> disk.boot().added(line, MenuReset.DISK_IMAGE),
        material);
    return DiskAssembler.assemble(disk, material, tools);
  }

  private Product iso(BuildPlan.Iso iso, Material material) throws IOException {
    WholeCommandLine.require(
        iso.boot().kernel(),
        iso.boot().commandLine(),
        line -> iso.boot().added(line, MenuReset.ISO),
        material);
    return switch (iso.boot()) {
      case Boot.Grub boot -> GrubIsoAssembler.assemble(iso.label(), boot, material, tools);
      case Boot.SystemdBoot boot ->
          SystemdBootIsoAssembler.assemble(iso.label(), boot, material, tools);
      case Boot.Both boot -> HybridIsoAssembler.assemble(iso.label(), boot, material, tools);
    };
  }
}
