package imageservice.plan;

import imageservice.asset.AssetName;
import imageservice.asset.Target;
import imageservice.configuration.Bootloader;
import imageservice.configuration.Customization;
import imageservice.configuration.MetaValue;
import imageservice.configuration.Overlay;
import imageservice.configuration.SecureBootOptions;
import imageservice.plan.cmdline.Listed;
import imageservice.plan.cmdline.OverlayArguments;
import imageservice.release.CatalogueNames;
import imageservice.release.CatalogueOverlay;
import imageservice.release.TalosVersion;
import java.util.List;
import java.util.Optional;

/// Warnings about settings that an asset leaves out, or holds otherwise than the configuration
/// says; each is empty where there is nothing to say.
final class SettingWarnings {
  private SettingWarnings() {}

  /// META values that Talos cannot read from a command line, whose text has no escape.
  static Optional<String> meta(Customization customization) {
    return naming(
        customization.meta().stream()
            .filter(value -> value.value().contains(";"))
            .map(SettingWarnings::key)
            .toList(),
        "customization.meta: the value of %s contains a ; which ends a value on a kernel command"
            + " line. All assets but disk images hold META there: leave the ; out, or boot a disk"
            + " image");
  }

  /// Installers leave META as they find it.
  static Optional<String> metaOfInstaller(Customization customization) {
    return naming(
        customization.meta().stream().map(SettingWarnings::key).toList(),
        "customization.meta: %s is not in installers, which leave META on the machine as it is;"
            + " boot an ISO or a disk image once, or use talosctl meta write");
  }

  /// Extra arguments before installers carry the command line.
  static Optional<String> argumentsOfInstaller(TalosVersion version, Customization customization) {
    return naming(
        customization.extraKernelArgs(),
        "customization.extraKernelArgs: %s is not in installers of Talos "
            + version
            + ", but from v1.10 on; write it into machine.install.extraKernelArgs of the machine"
            + " configuration");
  }

  static Optional<String> metaLeftOut(AssetName.Uki uki, Customization customization) {
    return naming(
        customization.meta().stream().map(SettingWarnings::key).toList(),
        "customization.meta: %s is not in " + uki + "; boot an ISO or a disk image");
  }

  /// Extra arguments before Talos composes the command line of UKIs with them.
  static Optional<String> argumentsLeftOut(
      AssetName.Uki uki, TalosVersion version, Customization customization) {
    return naming(
        customization.extraKernelArgs(),
        "customization.extraKernelArgs: %s is not in "
            + uki
            + " of Talos "
            + version
            + ", but from v1.10 on; boot an ISO");
  }

  static Optional<String> overlayArguments(Overlay overlay) {
    if (overlay.isNone()) {
      return Optional.empty();
    }
    String add =
        OverlayArguments.of(overlay.name())
            .map(arguments -> "these arguments of it: " + arguments)
            .orElse("them");
    return Optional.of(
        "overlay: its kernel arguments are not in command lines as text (cmdline-…) and boot"
            + " scripts (/pxe/…). Machines that boot by these need, in"
            + " customization.extraKernelArgs, "
            + add);
  }

  /// An overlay's image that the release does not take the overlay from.
  static Optional<String> overlayImage(Overlay overlay, Optional<CatalogueOverlay> found) {
    return found
        .map(CatalogueOverlay::image)
        .filter(image -> !overlay.image().isEmpty() && !overlay.image().equals(image))
        .map(image ->
            "overlay.image: %s is not used: the release has overlay %s in %s. Write overlay.image: %s"
                .formatted(
                    Listed.of(List.of(overlay.image())),
                    Listed.of(List.of(overlay.name())),
                    image,
                    image));
  }

  static Optional<String> bootloader(Target target, TalosVersion version, Customization asked) {
    Loaders loaders = Loaders.of(target, version, asked);
    return Optional.ofNullable(asked.bootloader())
        .filter(wanted -> wanted != loaders.asked())
        .map(wanted ->
            target.secureBoot()
                ? signedLoader(wanted)
                : "customization.bootloader: this ISO has %s, not %s, which ISOs heed from Talos v1.12 on"
                    .formatted(loaders.asked(), wanted));
  }

  /// Disk images for secure boot have the one loader that is signed.
  static Optional<String> bootloaderOfDisk(Target target, Customization asked) {
    return Optional.ofNullable(asked.bootloader())
        .filter(wanted -> target.secureBoot() && wanted != Bootloader.SD_BOOT)
        .map(SettingWarnings::signedLoader);
  }

  private static String signedLoader(Bootloader wanted) {
    return "customization.bootloader: assets for secure boot have %s, not %s, which nobody signs"
        .formatted(Bootloader.SD_BOOT, wanted);
  }

  /// The EFI system partition beside GRUB has 100 MiB, of which 4096 bytes a cluster make too few.
  static Optional<String> smallFat(Loaders loaders, Customization customization) {
    return loaders == Loaders.GRUB
            && customization.diskImage().sectorSize() == DiskShape.LARGE_SECTOR
        ? Optional.of(
            "customization.diskImage.sectorSize: with 4096 and grub, the EFI system partition has"
                + " fewer clusters than FAT32 should have, and some firmware may not read it."
                + " Choose the bootloader sd-boot (Talos v1.5 and later), or leave sectorSize out")
        : Optional.empty();
  }

  static Optional<String> secureBoot(Target target, Customization customization) {
    boolean ignored =
        !target.secureBoot() && !customization.secureBoot().equals(SecureBootOptions.DEFAULTS);
    return ignored
        ? Optional.of(
            "customization.secureboot: only assets for secure boot heed it, such as %s"
                .formatted(
                    new AssetName.Iso(new Target(target.platform(), target.architecture(), true))))
        : Optional.empty();
  }

  /// Of what a machine starts that has its keys already.
  static Optional<String> enrolmentLeftOut(AssetName.ForTarget asset, Customization customization) {
    boolean ignored =
        asset.target().secureBoot()
            && !customization.secureBoot().equals(SecureBootOptions.DEFAULTS);
    return ignored
        ? Optional.of(
            "customization.secureboot: %s enrols no keys; ISOs and disk images do".formatted(asset))
        : Optional.empty();
  }

  /// Microsoft's certificates, where the operator gave the files that firmware enrols.
  static Optional<String> wellKnown(
      AssetName.ForTarget asset, Customization customization, Optional<BootKeys> keys) {
    boolean ignored =
        customization.secureBoot().includeWellKnownCertificates()
            && keys.flatMap(BootKeys::given).isPresent();
    return ignored
        ? Optional.of(
            "customization.secureboot.includeWellKnownCertificates: %s enrols the files that the operator gave, whatever certificates they hold"
                .formatted(asset))
        : Optional.empty();
  }

  static Optional<String> enrolment(Customization customization) {
    String asked = customization.secureBoot().enrollKeys();
    return Enrolment.Mode.parse(asked).isPresent()
        ? Optional.empty()
        : Optional.of(
            "customization.secureboot.enrollKeys: assets for secure boot are refused with %s; write off, manual, if-safe or force"
                .formatted(Listed.of(List.of(asked))));
  }

  /// Names that no catalogue has, as they are none.
  static Optional<String> extensionNames(Customization customization) {
    return naming(
        customization.officialExtensions().stream()
            .filter(name -> !CatalogueNames.isName(name))
            .toList(),
        "customization.systemExtensions.officialExtensions: %s is no name of an extension; names"
            + " are like siderolabs/gvisor, without registry, tag and digest. GET"
            + " /version/VERSION/extensions/official lists them");
  }

  private static String key(MetaValue value) {
    return "key 0x%x".formatted(value.key());
  }

  private static Optional<String> naming(List<String> values, String text) {
    return values.isEmpty() ? Optional.empty() : Optional.of(text.replace("%s", Listed.of(values)));
  }
}
