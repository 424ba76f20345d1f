package imageservice.plan;

import imageservice.asset.Architecture;
import imageservice.asset.Target;
import imageservice.configuration.Bootloader;
import imageservice.configuration.Customization;
import imageservice.release.Capability;
import imageservice.release.TalosVersion;
import org.jspecify.annotations.Nullable;

/// The boot loaders of a medium.
enum Loaders {
  GRUB(Bootloader.GRUB),
  SYSTEMD_BOOT(Bootloader.SD_BOOT),
  BOTH(Bootloader.DUAL_BOOT);

  private final Bootloader asked;

  Loaders(Bootloader asked) {
    this.asked = asked;
  }

  /// The boot loaders of an ISO.
  static Loaders of(Target target, TalosVersion version, Customization customization) {
    if (target.secureBoot()) {
      return SYSTEMD_BOOT;
    }
    if (!Capability.SYSTEMD_BOOT_FOR_UEFI.in(version)) {
      return GRUB;
    }
    return Capability.ISO_BOOTLOADER_CHOICE.in(version)
        ? chosen(customization.bootloader(), target)
        : BOTH;
  }

  /// The boot loaders of a disk image. Boards, whose firmware an overlay brings, boot by GRUB.
  static Loaders ofDisk(
      Target target, TalosVersion version, Customization customization, boolean hasOverlay) {
    if (target.secureBoot()) {
      return SYSTEMD_BOOT;
    }
    Bootloader asked = customization.bootloader();
    if (asked != null) {
      return chosen(asked, target);
    }
    if (hasOverlay || !Capability.SYSTEMD_BOOT_FOR_UEFI.in(version)) {
      return GRUB;
    }
    return chosen(null, target);
  }

  private static Loaders chosen(@Nullable Bootloader bootloader, Target target) {
    return switch (bootloader) {
      case GRUB -> GRUB;
      case SD_BOOT -> SYSTEMD_BOOT;
      case DUAL_BOOT -> BOTH;
      case null -> target.architecture() == Architecture.ARM64 ? SYSTEMD_BOOT : BOTH;
    };
  }

  /// Whether GRUB starts the medium on some firmware.
  boolean haveGrub() {
    return this != SYSTEMD_BOOT;
  }

  /// How a configuration asks for them.
  Bootloader asked() {
    return asked;
  }
}
