package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.gpt.GptEntry;
import imageservice.formats.gpt.GptGeometry;
import imageservice.formats.gpt.GptTable;
import imageservice.formats.gpt.Guid;
import imageservice.formats.gpt.Lba;
import imageservice.formats.gpt.Mbr;
import imageservice.formats.gpt.SectorSize;
import imageservice.formats.iso9660.BootEntry;
import imageservice.formats.iso9660.IsoContents;
import imageservice.formats.iso9660.IsoDirectory;
import imageservice.formats.iso9660.IsoFile;
import imageservice.formats.iso9660.IsoLayout;
import imageservice.formats.iso9660.IsoVolume;
import imageservice.formats.iso9660.LogicalBlock;
import imageservice.plan.BuildPlan;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An ISO that boots by GRUB from a CD and from a disk, on BIOS and UEFI. On a CD, El Torito's
/// first entry is GRUB for BIOS, its second a FAT with GRUB for UEFI. On a disk, the boot code in
/// sector 0 loads the same GRUB for BIOS, and a GPT shows the same FAT as an EFI system partition.
final class GrubIsoAssembler {
  private static final int FOLDER_MODE = 0555;
  private static final int FILE_MODE = 0444;

  private static final String BIOS_IMAGE = "boot/grub/i386-pc/eltorito.img";
  private static final String EFI_IMAGE = "efi.img";

  /// Sectors of 512 bytes that El Torito loads at once: those that load the rest.
  private static final int BIOS_LOAD_SECTORS = 4;

  /// Blocks of 2048 bytes behind the files. GRUB and BIOSes read ahead of what they are asked for,
  /// and a CD that ends there makes them fail: 300 KiB, as mkisofs leaves. The backup GPT is the
  /// last of it.
  private static final int TAIL_BLOCKS = 150;

  private static final Lba FIRST_USABLE =
      new Lba(IsoLayout.SYSTEM_AREA / SectorSize.OF_512.bytes());

  private GrubIsoAssembler() {}

  static Blob assemble(BuildPlan.GrubIso plan, Inputs inputs) throws IOException {
    GrubKit kit = inputs.kit(plan.kit());
    Blob efiImage = EfiBootImage.of(kit);
    IsoLayout layout = IsoLayout.of(contents(plan, inputs, kit, efiImage));
    LogicalBlock bios = layout.block(BIOS_IMAGE);
    GptTable table = table(layout, efiImage);
    byte[] mbr =
        Mbr.protective(table.geometry().last())
            .toBytes(GrubPatches.bootCode(kit.file("boot_hybrid.img"), bios.sector512()));
    Blob patched = GrubPatches.coreImage(kit.file("eltorito.img"), bios.sector512());
    return layout.encode(
        table.primary(mbr).bytes(IsoLayout.SYSTEM_AREA), tail(table), Map.of(BIOS_IMAGE, patched));
  }

  private static IsoContents contents(
      BuildPlan.GrubIso plan, Inputs inputs, GrubKit kit, Blob efiImage) throws IOException {
    Map<String, Blob> files = new LinkedHashMap<>();
    files.put(kit.marker().substring(1), Blob.of(""));
    files.put("boot/grub/grub.cfg", Blob.of(GrubMenu.of(plan.commandLine(), plan.resetEntry())));
    files.put(BIOS_IMAGE, kit.file("eltorito.img"));
    files.put("boot/initramfs.xz", InitramfsAssembler.assemble(plan.initramfs(), inputs));
    files.put("boot/vmlinuz", inputs.file(plan.kernel()));
    files.put("efi/boot/bootaa64.efi", kit.file("bootaa64.efi"));
    files.put("efi/boot/bootx64.efi", kit.file("bootx64.efi"));
    files.put(EFI_IMAGE, efiImage);
    return new IsoContents(volume(plan), tree(files), bootEntries(), List.of(), TAIL_BLOCKS);
  }

  private static IsoVolume volume(BuildPlan.GrubIso plan) {
    return new IsoVolume(
        plan.label().volumeId(),
        plan.label().volumeSetId(),
        "",
        "IMAGE SERVICE",
        "",
        Epoch.SECONDS);
  }

  private static IsoDirectory tree(Map<String, Blob> contents) {
    Map<String, IsoFile> files = new LinkedHashMap<>();
    contents.forEach((path, content) ->
        files.put(
            path, new IsoFile(path.substring(path.lastIndexOf('/') + 1), content, FILE_MODE)));
    return IsoDirectory.ofPaths(FOLDER_MODE, files);
  }

  private static List<BootEntry> bootEntries() {
    return List.of(
        new BootEntry(
            BootEntry.Platform.BIOS,
            new BootEntry.BootImage.InTree(BIOS_IMAGE),
            BIOS_LOAD_SECTORS,
            true),
        new BootEntry(
            BootEntry.Platform.UEFI,
            new BootEntry.BootImage.InTree(EFI_IMAGE),
            BootEntry.WHOLE,
            false));
  }

  private static GptTable table(IsoLayout layout, Blob efiImage) {
    GptGeometry geometry =
        new GptGeometry(
            SectorSize.OF_512,
            layout.length() / SectorSize.OF_512.bytes(),
            GptGeometry.STANDARD_ENTRIES,
            new Lba(2),
            FIRST_USABLE,
            1);
    Lba first = new Lba(layout.block(EFI_IMAGE).sector512());
    GptEntry esp =
        new GptEntry(
            Guid.EFI_SYSTEM,
            Guid.ofLabel("talos-iso-efi"),
            first,
            first.plus(SectorSize.OF_512.sectors(efiImage.length()) - 1),
            GptEntry.REQUIRED | GptEntry.READ_ONLY,
            "EFI boot partition");
    return new GptTable(geometry, Guid.ofLabel("talos-iso"), List.of(esp));
  }

  /// The last blocks: the backup GPT, up to the last byte.
  private static Blob tail(GptTable table) {
    Extents backup = table.backup();
    return Extents.builder()
        .zeros((long) TAIL_BLOCKS * LogicalBlock.SIZE - backup.length())
        .add(backup)
        .build();
  }
}
