package imageservice.plan;

import imageservice.asset.Architecture;
import imageservice.asset.Target;
import imageservice.configuration.Bootloader;
import imageservice.release.Capability;
import org.jspecify.annotations.Nullable;

/// What boots an ISO.
enum IsoBootLoader {
  /// GRUB, for BIOS and UEFI.
  GRUB,
  /// GRUB for BIOS, systemd-boot for UEFI.
  HYBRID,
  /// systemd-boot, for UEFI alone.
  SYSTEMD_BOOT;

  static IsoBootLoader of(PlanRequest request, Target target) {
    if (target.secureBoot()) {
      return SYSTEMD_BOOT;
    }
    if (!Capability.SYSTEMD_BOOT_FOR_UEFI.in(request.version())) {
      return GRUB;
    }
    return Capability.ISO_BOOTLOADER_CHOICE.in(request.version())
        ? chosen(request.configuration().customization().bootloader(), target)
        : HYBRID;
  }

  private static IsoBootLoader chosen(@Nullable Bootloader bootloader, Target target) {
    return switch (bootloader) {
      case GRUB -> GRUB;
      case SD_BOOT -> SYSTEMD_BOOT;
      case DUAL_BOOT -> HYBRID;
      case null -> target.architecture() == Architecture.ARM64 ? SYSTEMD_BOOT : HYBRID;
    };
  }
}
