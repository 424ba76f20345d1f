package imageservice.builder.assemble;

import imageservice.builder.material.Material;
import imageservice.formats.gpt.Mbr;
import imageservice.formats.iso9660.IsoContents;
import imageservice.formats.iso9660.IsoLayout;
import imageservice.plan.Boot;
import imageservice.plan.VolumeLabel;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// An ISO that boots by systemd-boot on UEFI: from a CD by El Torito, from a disk by an MBR.
final class SystemdBootIsoAssembler {
  /// Partition types of the MBR: Linux, and EFI system partition (UEFI 2.10, 5.2.2).
  private static final int VOLUME_TYPE = 0x83;

  private static final int ESP_TYPE = 0xEF;

  /// The disk's geometry as its MBR has it: cylinders of 1 MiB.
  private static final int HEADS = 64;

  private static final int SECTORS_PER_TRACK = 32;

  private SystemdBootIsoAssembler() {}

  static Product assemble(VolumeLabel label, Boot.SystemdBoot boot, Material material, Tools tools)
      throws IOException {
    Product uki = UkiAssembler.assemble(boot.image(), material, tools);
    SystemdBootFiles files =
        SystemdBootFiles.of(
            boot.image().version(),
            BootSigning.of(boot.image(), tools).sign(material.file(boot.loader())),
            uki.asset(),
            EnrolledKeys.of(boot, tools));
    AppendedPartition partition = new AppendedPartition(files.systemPartition());
    IsoLayout layout =
        IsoLayout.of(
            new IsoContents(
                IsoFrame.volume(label),
                IsoFrame.tree(files.files(), modes(boot)),
                List.of(partition.bootEntry()),
                List.of(partition.range()),
                IsoFrame.TAIL_BLOCKS));
    byte[] systemArea =
        Arrays.copyOf(mbr(layout, partition).toBytes(new byte[0]), IsoLayout.SYSTEM_AREA);
    return Product.measured(
        layout.encode(systemArea, IsoFrame.tail(), Map.of()), uki.measurements());
  }

  private static IsoFrame.Modes modes(Boot.SystemdBoot boot) {
    return boot.image().secureBoot().isPresent() ? IsoFrame.Modes.SIGNED : IsoFrame.Modes.WRITABLE;
  }

  private static Mbr mbr(IsoLayout layout, AppendedPartition partition) {
    return new Mbr(
        0,
        List.of(
            Mbr.Partition.of(
                0,
                VOLUME_TYPE,
                IsoFrame.FIRST_USABLE,
                partition.sectorsBefore(layout),
                HEADS,
                SECTORS_PER_TRACK),
            Mbr.Partition.of(
                0,
                ESP_TYPE,
                partition.first(layout),
                partition.sectors(),
                HEADS,
                SECTORS_PER_TRACK)));
  }
}
