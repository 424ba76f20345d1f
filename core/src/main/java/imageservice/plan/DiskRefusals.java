package imageservice.plan;

import imageservice.asset.Architecture;
import imageservice.asset.Target;
import imageservice.configuration.Customization;
import imageservice.plan.PlanOutcome.Refused;
import imageservice.release.Capability;
import imageservice.release.TalosVersion;
import java.util.Optional;

/// The planner's refusals of disk images that nobody could make.
final class DiskRefusals {
  private DiskRefusals() {}

  static Optional<Refused> of(
      Target target,
      Loaders loaders,
      TalosVersion version,
      Customization customization,
      MetaContent meta) {
    return sectorSize(customization.diskImage().sectorSize())
        .or(() -> loaders(target, loaders, version))
        .or(() -> meta(meta));
  }

  private static Optional<Refused> sectorSize(long asked) {
    return asked == 0 || asked == DiskShape.SECTOR || asked == DiskShape.LARGE_SECTOR
        ? Optional.empty()
        : refused(
            "customization.diskImage.sectorSize is %s, and disks have sectors of 512 or 4096 bytes"
                .formatted(Long.toUnsignedString(asked)));
  }

  private static Optional<Refused> loaders(Target target, Loaders loaders, TalosVersion version) {
    if (loaders == Loaders.BOTH && target.architecture() == Architecture.ARM64) {
      return refused(
          "customization.bootloader: dual-boot is not for arm64, which has no BIOS; write sd-boot or"
              + " grub");
    }
    if (loaders != Loaders.GRUB && !Capability.UKI.in(version)) {
      return refused(
          "customization.bootloader: Talos %s has no systemd-boot, which comes with v1.5; write grub"
              .formatted(version));
    }
    return Optional.empty();
  }

  private static Optional<Refused> meta(MetaContent meta) {
    int length = meta.length();
    return length <= MetaContent.ROOM
        ? Optional.empty()
        : refused(
            "customization.meta: the values take %d bytes of the partition META, which has %d for them"
                .formatted(length, MetaContent.ROOM));
  }

  /// Of a board for whose firmware sectors of 4096 bytes are left out.
  static Refused noRoomForFirmware(TalosVersion version) {
    return Refusals.unsupported(
        "customization.diskImage.sectorSize: with 4096, the partitions of Talos %s leave no room for what this board's firmware loads; leave sectorSize out"
            .formatted(version));
  }

  private static Optional<Refused> refused(String message) {
    return Optional.of(Refusals.unsupported(message));
  }
}
