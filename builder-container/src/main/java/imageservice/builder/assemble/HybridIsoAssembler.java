package imageservice.builder.assemble;

import imageservice.builder.material.Material;
import imageservice.formats.blob.Blob;
import imageservice.formats.gpt.GptEntry;
import imageservice.formats.gpt.GptTable;
import imageservice.formats.iso9660.IsoContents;
import imageservice.formats.iso9660.IsoLayout;
import imageservice.formats.struct.Guid;
import imageservice.plan.Boot;
import imageservice.plan.UkiContent;
import imageservice.plan.VolumeLabel;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An ISO that boots by GRUB on BIOS and by systemd-boot on UEFI, from a CD and from a disk. The
/// medium holds kernel and initramfs three times: as files for GRUB, and within the unified kernel
/// image both among the files and on the EFI system partition. All three are read from the same
/// blobs.
final class HybridIsoAssembler {
  private HybridIsoAssembler() {}

  static Product assemble(VolumeLabel label, Boot.Both boot, Material material, Tools tools)
      throws IOException {
    UkiContent content = boot.uefi().image();
    Blob initramfs = InitramfsAssembler.assemble(content.initramfs(), material, tools);
    Product uki = UkiAssembler.assemble(content, material, initramfs, tools);
    SystemdBootFiles uefi =
        SystemdBootFiles.of(
            content.version(), material.file(boot.uefi().loader()), uki.asset(), Optional.empty());
    BiosGrub bios = new BiosGrub(material.kit(boot.kit()));
    Map<String, Blob> files =
        new LinkedHashMap<>(
            bios.files(
                GrubMenu.of(material.commandLine(content.commandLine()), boot.resetEntry()),
                material.file(content.kernel()),
                initramfs));
    files.putAll(uefi.files());
    AppendedPartition partition = new AppendedPartition(uefi.systemPartition());
    IsoLayout layout =
        IsoLayout.of(
            new IsoContents(
                IsoFrame.volume(label),
                IsoFrame.tree(files, IsoFrame.Modes.READ_ONLY),
                List.of(bios.bootEntry(), partition.bootEntry()),
                List.of(partition.range()),
                IsoFrame.TAIL_BLOCKS));
    return Product.measured(bios.encode(layout, table(layout, partition)), uki.measurements());
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
