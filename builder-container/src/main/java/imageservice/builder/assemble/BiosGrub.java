package imageservice.builder.assemble;

import imageservice.builder.material.GrubKit;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.gpt.GptTable;
import imageservice.formats.gpt.Mbr;
import imageservice.formats.iso9660.BootEntry;
import imageservice.formats.iso9660.IsoLayout;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// GRUB for BIOS on an ISO: firmware loads its core image from a CD by El Torito; from a disk, the
/// boot code in sector 0 loads the same image. The core image finds the volume by a marker file and
/// reads the menu there.
record BiosGrub(GrubKit kit) {
  private static final String IMAGE = "boot/grub/i386-pc/eltorito.img";

  /// Sectors of 512 bytes that firmware loads (El Torito 1.0, sector count): GRUB's loader for CDs,
  /// which loads the rest of the core image.
  private static final int LOAD_SECTORS = 4;

  /// The files that GRUB reads, by path.
  ///
  /// @param menu text of `grub.cfg`
  Map<String, Blob> files(String menu, Blob kernel, Blob initramfs) throws IOException {
    Map<String, Blob> files = new LinkedHashMap<>();
    files.put(kit.marker().substring(1), Blob.of(""));
    files.put("boot/grub/grub.cfg", Blob.of(menu));
    files.put(IMAGE, kit.file("eltorito.img"));
    files.put("boot/initramfs.xz", initramfs);
    files.put("boot/vmlinuz", kernel);
    return files;
  }

  BootEntry bootEntry() {
    return new BootEntry(
        BootEntry.Platform.BIOS, new BootEntry.BootImage.InTree(IMAGE), LOAD_SECTORS, true);
  }

  /// The medium: a volume with these files, a GPT and the boot code.
  Extents encode(IsoLayout layout, GptTable table) throws IOException {
    long core = layout.block(IMAGE).sector512().value();
    byte[] mbr =
        Mbr.protective(table.geometry().last())
            .toBytes(GrubPatches.bootCode(kit.file("boot_hybrid.img"), core));
    Blob patched = GrubPatches.coreImage(kit.file("eltorito.img"), core);
    return layout.encode(
        table.primary(mbr).bytes(IsoLayout.SYSTEM_AREA),
        IsoFrame.tail(table),
        Map.of(IMAGE, patched));
  }
}
