package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.formats.gpt.GptEntry;
import imageservice.formats.gpt.GptTable;
import imageservice.formats.gpt.Guid;
import imageservice.formats.iso9660.IsoContents;
import imageservice.formats.iso9660.IsoLayout;
import imageservice.plan.BuildPlan;
import imageservice.plan.UkiContent;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An ISO that boots by GRUB on BIOS and by systemd-boot on UEFI, from a CD and from a disk. Kernel
/// and initramfs are there thrice, as files for GRUB and within the unified kernel image among the
/// files and on the EFI system partition; what describes them here refers to the same bytes.
final class HybridIsoAssembler {
  private HybridIsoAssembler() {}

  static Assembled assemble(BuildPlan.HybridIso plan, Inputs inputs) throws IOException {
    UkiContent content = plan.uki();
    Blob initramfs = InitramfsAssembler.assemble(content.initramfs(), inputs);
    Assembled uki = UkiAssembler.assemble(content, inputs, initramfs);
    SystemdBootFiles boot =
        SystemdBootFiles.of(content.version(), inputs.file(plan.systemdBoot()), uki.content());
    BiosGrub bios = new BiosGrub(inputs.kit(plan.kit()));
    Map<String, Blob> files =
        new LinkedHashMap<>(
            bios.files(
                GrubMenu.of(inputs.commandLine(content.commandLine()), plan.resetEntry()),
                inputs.file(content.kernel()),
                initramfs));
    files.putAll(boot.files());
    AppendedPartition partition = new AppendedPartition(boot.systemPartition());
    IsoLayout layout =
        IsoLayout.of(
            new IsoContents(
                IsoFrame.volume(plan.label()),
                IsoFrame.tree(files, IsoFrame.Modes.READ_ONLY),
                List.of(bios.bootEntry(), partition.bootEntry()),
                List.of(partition.range()),
                IsoFrame.TAIL_BLOCKS));
    return new Assembled(bios.encode(layout, table(layout, partition)), uki.measurements());
  }

  private static GptTable table(IsoLayout layout, AppendedPartition partition) {
    GptEntry volume =
        new GptEntry(
            Guid.BASIC_DATA,
            Guid.ofLabel("talos-iso-volume"),
            IsoFrame.FIRST_USABLE,
            partition.first(layout).plus(-1),
            GptEntry.REQUIRED | GptEntry.READ_ONLY,
            "ISO9660");
    GptEntry esp =
        new GptEntry(
            Guid.EFI_SYSTEM,
            Guid.ofLabel("talos-iso-efi"),
            partition.first(layout),
            partition.first(layout).plus(partition.sectors() - 1),
            0,
            "Appended2");
    return new GptTable(IsoFrame.geometry(layout), Guid.ofLabel("talos-iso"), List.of(volume, esp));
  }
}
