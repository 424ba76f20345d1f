package imageservice.plan;

import imageservice.asset.Architecture;
import imageservice.asset.Platform;
import imageservice.release.Capability;
import imageservice.release.TalosVersion;

/// The sizes of a disk image and of its partitions.
///
/// @param mib of the whole disk
/// @param sectorSize bytes of a sector: 512 or 4096
/// @param bootMib of the partition BOOT, and of what the EFI system partition has beyond GRUB's
/// @param dataPartitions whether the partitions STATE and EPHEMERAL are there
public record DiskShape(
    Architecture architecture, int mib, int sectorSize, int bootMib, boolean dataPartitions) {
  static final int SECTOR = 512;
  static final int LARGE_SECTOR = 4_096;

  /// Before Talos 1.11; the sizes of platforms count with it.
  private static final int SMALL_BOOT = 1_000;

  private static final int LARGE_BOOT = 2_000;

  /// The EFI system partition and STATE with 100 each, the two partitions of 1, and the tables at
  /// both ends of the disk.
  private static final int OTHER_PARTITIONS = 204;

  /// Of the partition with GRUB's core image.
  private static final int BIOS_BOOT = 1;

  static DiskShape of(
      Platform platform,
      Architecture architecture,
      TalosVersion version,
      Loaders loaders,
      int sectorSize) {
    int boot = Capability.LARGE_BOOT_PARTITION.in(version) ? LARGE_BOOT : SMALL_BOOT;
    int second = loaders == Loaders.BOTH ? BIOS_BOOT + boot : 0;
    return new DiskShape(
        architecture,
        base(platform) + boot - SMALL_BOOT + second,
        sectorSize,
        boot,
        Capability.DATA_PARTITIONS.in(version));
  }

  /// Bytes of the whole disk.
  public long bytes() {
    return (long) mib << 20;
  }

  /// Whether the partitions leave room for so many sectors before them. Only where partitions for
  /// data come last, and the last takes the rest, is there little.
  boolean hasRoomFor(int skippedSectors) {
    int rest = mib - bootMib - OTHER_PARTITIONS;
    return !dataPartitions || (long) skippedSectors * sectorSize < (long) rest << 20;
  }

  /// MiB of a disk with one boot loader and a small BOOT: as small as can be where the platform
  /// grows disks, or what it asks for.
  private static int base(Platform platform) {
    return switch (platform) {
      case METAL, AKAMAI, ALIBABACLOUD, HCLOUD, NOCLOUD, OPENNEBULA, OPENSTACK, SCALEWAY -> 1_246;
      case EXOSCALE -> 10_240;
      case AWS,
          AZURE,
          CLOUDSTACK,
          CONTAINER,
          DIGITAL_OCEAN,
          EQUINIX_METAL,
          GCP,
          ORACLE,
          UPCLOUD,
          VMWARE,
          VULTR ->
          8_192;
    };
  }
}
