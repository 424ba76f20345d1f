package imageservice.builder.assemble;

import imageservice.builder.material.GrubKit;
import imageservice.formats.blob.Blob;
import imageservice.formats.fat.FatDirectory;
import imageservice.formats.fat.FatFile;
import imageservice.formats.fat.FatGeometry;
import imageservice.formats.fat.FatLayout;
import imageservice.formats.fat.FatVolume;
import imageservice.plan.Epoch;
import java.io.IOException;
import java.util.Map;

/// The FAT file system from which UEFI boots GRUB on both architectures: El Torito's boot image on
/// a CD, a partition on a disk.
final class EfiBootImage {
  /// The volume's serial number.
  private static final long SERIAL = 0x5CF2_ED3CL;

  private EfiBootImage() {}

  static Blob of(GrubKit kit) throws IOException {
    FatDirectory root =
        FatDirectory.ofPaths(
            Map.of(
                "efi/boot/bootx64.efi", new FatFile("bootx64.efi", kit.file("bootx64.efi"), false),
                "efi/boot/bootaa64.efi",
                    new FatFile("bootaa64.efi", kit.file("bootaa64.efi"), false)));
    FatVolume volume = new FatVolume(FatVolume.MKFS_OEM, SERIAL, "", Epoch.SECONDS, Epoch.SECONDS);
    return FatLayout.of(FatGeometry.bootImage(root), volume, root).encode();
  }
}
