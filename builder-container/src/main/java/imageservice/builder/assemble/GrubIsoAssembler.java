package imageservice.builder.assemble;

import imageservice.builder.material.GrubKit;
import imageservice.builder.material.Material;
import imageservice.formats.blob.Blob;
import imageservice.formats.gpt.GptEntry;
import imageservice.formats.gpt.GptTable;
import imageservice.formats.iso9660.BootEntry;
import imageservice.formats.iso9660.IsoContents;
import imageservice.formats.iso9660.IsoLayout;
import imageservice.formats.medium.Lba;
import imageservice.formats.medium.SectorSize;
import imageservice.formats.struct.Guid;
import imageservice.plan.Boot;
import imageservice.plan.VolumeLabel;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An ISO that boots by GRUB from a CD and from a disk, on BIOS and UEFI. On a CD, El Torito's
/// first entry is GRUB for BIOS, its second a FAT with GRUB for UEFI. On a disk, the boot code in
/// sector 0 loads the same GRUB for BIOS, and a GPT shows the same FAT as an EFI system partition.
final class GrubIsoAssembler {
  private static final String EFI_IMAGE = "efi.img";

  private GrubIsoAssembler() {}

  static Product assemble(VolumeLabel label, Boot.Grub boot, Material material, Tools tools)
      throws IOException {
    GrubKit kit = material.kit(boot.kit());
    BiosGrub bios = new BiosGrub(kit);
    Blob efiImage = EfiBootImage.of(kit);
    Map<String, Blob> files =
        new LinkedHashMap<>(
            bios.files(
                GrubMenu.of(material.commandLine(boot.commandLine()), boot.resetEntry()),
                material.file(boot.kernel()),
                InitramfsAssembler.assemble(boot.initramfs(), material, tools)));
    files.put("efi/boot/bootaa64.efi", kit.file("bootaa64.efi"));
    files.put("efi/boot/bootx64.efi", kit.file("bootx64.efi"));
    files.put(EFI_IMAGE, efiImage);
    IsoLayout layout =
        IsoLayout.of(
            new IsoContents(
                IsoFrame.volume(label),
                IsoFrame.tree(files, IsoFrame.Modes.READ_ONLY),
                List.of(bios.bootEntry(), efiEntry()),
                List.of(),
                IsoFrame.TAIL_BLOCKS));
    return Product.of(bios.encode(layout, table(layout, efiImage)));
  }

  private static BootEntry efiEntry() {
    return new BootEntry(
        BootEntry.Platform.UEFI, new BootEntry.BootImage.InTree(EFI_IMAGE), BootEntry.WHOLE, false);
  }

  private static GptTable table(IsoLayout layout, Blob efiImage) {
    Lba first = layout.block(EFI_IMAGE).sector512();
    GptEntry esp =
        new GptEntry(
            Guid.EFI_SYSTEM,
            Guid.ofLabel("talos-iso-efi"),
            first,
            first.plus(SectorSize.OF_512.sectors(efiImage.length()) - 1),
            GptEntry.REQUIRED | GptEntry.READ_ONLY,
            "EFI boot partition");
    return new GptTable(IsoFrame.geometry(layout), Guid.ofLabel("talos-iso"), List.of(esp));
  }
}
