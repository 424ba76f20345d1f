package imageservice.builder.assemble;

import imageservice.asset.Architecture;
import imageservice.builder.material.GrubKit;
import imageservice.builder.material.Material;
import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.gpt.GptEntry;
import imageservice.formats.gpt.GptGeometry;
import imageservice.formats.gpt.GptTable;
import imageservice.formats.gpt.Mbr;
import imageservice.formats.medium.SectorSize;
import imageservice.formats.struct.Guid;
import imageservice.plan.Boot;
import imageservice.plan.BuildPlan;
import imageservice.plan.DiskShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// A disk: a partition table, an EFI system partition, for GRUB its core image and an XFS with what
/// it starts, META, and in older releases the partitions that Talos fills. Nothing is copied:
/// kernel and initramfs are slices wherever they lie.
final class DiskAssembler {
  private static final long MIB = 1 << 20;

  /// MiB of an EFI system partition with GRUB alone, of partition STATE, and of those with GRUB's
  /// core image and with META.
  private static final int SMALL_EFI = 100;

  private static final int STATE = 100;
  private static final int ONE = 1;

  private final DiskShape shape;
  private final BoardFiles board;
  private final SectorSize sectorSize;
  private final Material material;

  private DiskAssembler(DiskShape shape, BoardFiles board, Material material) {
    this.shape = shape;
    this.board = board;
    this.sectorSize = shape.sectorSize() == 512 ? SectorSize.OF_512 : SectorSize.OF_4096;
    this.material = material;
  }

  static Product assemble(BuildPlan.Disk disk, Material material, Tools tools) throws IOException {
    DiskAssembler assembler =
        new DiskAssembler(disk.shape(), BoardFiles.of(disk.firmware(), material), material);
    Blob initramfs = InitramfsAssembler.assemble(disk.boot().initramfs(), material, tools);
    return switch (disk.boot()) {
      case Boot.Grub grub -> Product.of(assembler.grub(disk, grub, initramfs, tools));
      case Boot.SystemdBoot uefi -> {
        Product uki = UkiAssembler.assemble(uefi.image(), material, initramfs, tools);
        List<DiskPartition> first = List.of(assembler.systemdBoot(uefi, uki, tools));
        yield Product.measured(
            assembler.image(disk, first, Optional.empty(), tools), uki.measurements());
      }
      case Boot.Both both -> {
        Product uki = UkiAssembler.assemble(both.uefi().image(), material, initramfs, tools);
        yield Product.measured(
            assembler.both(disk, both, uki, initramfs, tools), uki.measurements());
      }
    };
  }

  private Blob grub(BuildPlan.Disk disk, Boot.Grub grub, Blob initramfs, Tools tools)
      throws IOException {
    GrubKit kit = material.kit(grub.kit());
    boolean isAmd64 = shape.architecture() == Architecture.AMD64;
    String name = isAmd64 ? "bootx64" : "bootaa64";
    Map<String, Blob> files =
        Map.of(
            isAmd64 ? "EFI/boot/BOOTX64.efi" : "EFI/boot/BOOTAA64.efi",
            kit.file(name + "-disk.efi"));
    List<DiskPartition> first = new ArrayList<>();
    first.add(efi(files, SMALL_EFI));
    first.addAll(bios(grub, grub.resetEntry(), initramfs));
    return image(disk, first, isAmd64 ? Optional.of(kit) : Optional.empty(), tools);
  }

  private Blob both(BuildPlan.Disk disk, Boot.Both both, Product uki, Blob initramfs, Tools tools)
      throws IOException {
    GrubKit kit = material.kit(both.kit());
    List<DiskPartition> first = new ArrayList<>();
    first.add(systemdBoot(both.uefi(), uki, tools));
    first.addAll(bios(both, both.resetEntry(), initramfs));
    return image(disk, first, Optional.of(kit), tools);
  }

  private DiskPartition systemdBoot(Boot.SystemdBoot uefi, Product uki, Tools tools)
      throws IOException {
    SystemdBootFiles files =
        SystemdBootFiles.ofDisk(
            uefi.image().version(),
            BootSigning.of(uefi.image(), tools).sign(material.file(uefi.loader())),
            uki.asset(),
            EnrolledKeys.of(uefi, tools));
    return efi(files.files(), SMALL_EFI + ONE + shape.bootMib());
  }

  /// @param boot files of the boot loader, which take the place of a board's
  private DiskPartition efi(Map<String, Blob> boot, int mib) throws UnfitInputException {
    SortedMap<String, Blob> files = new TreeMap<>(board.files());
    files.putAll(boot);
    try {
      return partition(
          DiskPartition.EFI,
          Guid.EFI_SYSTEM,
          mib,
          0,
          EfiSystemPartition.of(files, Set.of(), sectorSize, mib * MIB));
    } catch (IllegalArgumentException e) {
      throw new UnfitInputException("the EFI system partition: " + e.getMessage());
    }
  }

  /// The partitions of GRUB for BIOS; its core image is put in place once the table is laid out.
  private List<DiskPartition> bios(Boot boot, boolean resetEntry, Blob initramfs)
      throws IOException {
    String menu =
        GrubMenu.ofDisk(
            boot.initramfs().version(), material.commandLine(boot.commandLine()), resetEntry);
    Blob volume =
        BootVolume.of(
            sectorSize, shape.bootMib() * MIB, menu, material.file(boot.kernel()), initramfs);
    return List.of(
        partition(
            DiskPartition.BIOS,
            Guid.BIOS_BOOT,
            ONE,
            GptEntry.LEGACY_BIOS_BOOTABLE,
            Blob.of(new byte[0])),
        partition(DiskPartition.BOOT, Guid.LINUX_FILESYSTEM, shape.bootMib(), 0, volume));
  }

  private DiskPartition partition(String name, Guid type, int mib, long attributes, Blob content) {
    return DiskPartition.of(name, type, mib, attributes, sectorSize, content);
  }

  /// @param first partitions up to META
  /// @param kit of GRUB, where firmware may be a BIOS
  private Blob image(
      BuildPlan.Disk disk, List<DiskPartition> first, Optional<GrubKit> kit, Tools tools)
      throws IOException {
    List<DiskPartition> partitions = new ArrayList<>(first);
    partitions.add(
        partition(
            DiskPartition.META, Guid.LINUX_FILESYSTEM, ONE, 0, MetaPartition.of(disk.meta())));
    if (shape.dataPartitions()) {
      partitions.add(
          partition(DiskPartition.STATE, Guid.LINUX_FILESYSTEM, STATE, 0, Blob.of(new byte[0])));
      partitions.add(DiskPartition.rest(DiskPartition.EPHEMERAL));
    }
    GptTable table = table(partitions);
    return DiskContainer.of(disk, board.place(encode(table, partitions, kit), table), tools);
  }

  /// The planner has refused what leaves no room, but for an overlay that its own program asks.
  private GptTable table(List<DiskPartition> partitions) throws UnfitInputException {
    try {
      return GptTable.of(
          GptGeometry.disk(sectorSize, sectorSize.sectors(shape.bytes()), board.skip()),
          Guid.ofLabel("talos-image-disk"),
          partitions.stream().map(DiskPartition::entry).toList());
    } catch (IllegalArgumentException e) {
      throw new UnfitInputException(
          "the board's firmware wants %d sectors before the partitions, which leaves no room for them: %s"
              .formatted(board.skip(), e.getMessage()));
    }
  }

  private static Extents encode(
      GptTable table, List<DiskPartition> partitions, Optional<GrubKit> kit) throws IOException {
    List<Blob> contents = new ArrayList<>(partitions.stream().map(DiskPartition::content).toList());
    Mbr mbr = Mbr.protective(table.geometry().last());
    if (kit.isEmpty()) {
      return table.encode(mbr.toBytes(new byte[0]), contents);
    }
    int at = table.entries().stream().map(GptEntry::name).toList().indexOf(DiskPartition.BIOS);
    long core = table.entries().get(at).first().value();
    contents.set(at, GrubPatches.diskCoreImage(kit.get().file("core.img"), core));
    byte[] code = GrubPatches.diskBootCode(kit.get().file("boot.img"), core);
    return table.encode(mbr.toBytes(code), contents);
  }
}
