package imageservice.choice;

import imageservice.asset.Architecture;
import imageservice.configuration.Bootloader;
import imageservice.json.JsonText;
import imageservice.release.Capability;
import imageservice.release.TalosVersion;
import java.util.List;
import java.util.stream.Stream;

/// All that a version offers to choose from, as one JSON document: the only source of the front
/// page for platforms, boards and what a version can do.
public final class Choices {
  private Choices() {}

  /// @param secureBoot whether the service has keys for it
  public static JsonText of(TalosVersion version, boolean secureBoot) {
    boolean signs = secureBoot && Capability.UKI.in(version);
    String guides =
        "https://www.talos.dev/v%d.%d/talos-guides/install/"
            .formatted(version.major(), version.minor());
    return JsonText.object()
        .put("version", version.toString())
        .put("preRelease", version.isPreRelease())
        .put(
            "platforms",
            PlatformOffer.in(version).stream().map(each -> json(each, signs, guides)).toList())
        .put("boards", BoardOffer.in(version).stream().map(each -> json(each, guides)).toList())
        .put("bootloaders", bootloaders(version))
        .put("embeddedMachineConfiguration", Capability.EMBEDDED_MACHINE_CONFIGURATION.in(version))
        .put("platformInstallers", Capability.UNIFIED_INSTALLER.in(version))
        .put("uki", Capability.UKI.in(version))
        .put("talosctl", Capability.TALOSCTL_DOWNLOADS.in(version));
  }

  private static JsonText json(PlatformOffer offer, boolean secureBoot, String guides) {
    return JsonText.object()
        .put("name", offer.platform().toString())
        .put("title", offer.title())
        .put("architectures", offer.architectures().stream().map(Architecture::toString).toList())
        .put("disks", offer.disks())
        .put("boots", offer.boots().stream().map(PlatformOffer.Boot::toString).toList())
        .put("secureBoot", secureBoot && offer.secureBoot())
        .put("guide", guides + offer.guide() + "/");
  }

  private static JsonText json(BoardOffer offer, String guides) {
    return JsonText.object()
        .put("name", offer.name())
        .put("title", offer.title())
        .put("overlay", offer.overlay())
        .put("image", offer.image())
        .put("guide", guides + "single-board-computers/" + offer.name() + "/");
  }

  /// Those that a configuration can ask for, where every kind of medium follows.
  private static List<String> bootloaders(TalosVersion version) {
    return Capability.ISO_BOOTLOADER_CHOICE.in(version)
        ? Stream.of(Bootloader.SD_BOOT, Bootloader.DUAL_BOOT, Bootloader.GRUB)
            .map(Bootloader::toString)
            .toList()
        : List.of();
  }
}
