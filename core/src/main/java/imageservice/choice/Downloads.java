package imageservice.choice;

import imageservice.asset.Architecture;
import imageservice.asset.AssetName;
import imageservice.asset.AssetNameGrammar;
import imageservice.asset.Platform;
import imageservice.asset.Target;
import imageservice.release.Capability;
import imageservice.release.TalosVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The assets that people download for one kind of machine, what boots it first.
public final class Downloads {
  /// What the image of a single-board computer is compressed with.
  private static final String OF_A_BOARD = "raw.xz";

  private Downloads() {}

  /// The assets for one target; none where the platform does not have it.
  ///
  /// @param target without a board
  /// @param hasOverlay whether the configuration is for a single-board computer
  public static List<AssetName> of(Target target, TalosVersion version, boolean hasOverlay) {
    return PlatformOffer.in(version).stream()
        .filter(offer -> offer.platform() == target.platform())
        .filter(offer -> offer.architectures().contains(target.architecture()))
        .filter(offer -> !target.secureBoot() || offer.secureBoot())
        .findFirst()
        .map(offer -> of(offer, target, version, hasOverlay))
        .orElse(List.of());
  }

  private static List<AssetName> of(
      PlatformOffer offer, Target target, TalosVersion version, boolean hasOverlay) {
    if (hasOverlay) {
      return ofABoard(target);
    }
    List<AssetName> all = new ArrayList<>(media(offer, target));
    all.addAll(parts(target, version));
    all.add(new AssetName.Installer(target));
    return List.copyOf(all);
  }

  private static List<AssetName> ofABoard(Target target) {
    return target.platform() == Platform.METAL && target.architecture() == Architecture.ARM64
        ? List.of(name(target + "." + OF_A_BOARD), new AssetName.Installer(target))
        : List.of();
  }

  /// Whether a target's machines boot over the network.
  public static boolean bootsByNetwork(Target target, TalosVersion version) {
    return PlatformOffer.in(version).stream()
        .anyMatch(offer ->
            offer.platform() == target.platform()
                && offer.boots().contains(PlatformOffer.Boot.PXE));
  }

  private static List<AssetName> media(PlatformOffer offer, Target target) {
    Stream<AssetName> iso =
        offer.boots().contains(PlatformOffer.Boot.ISO)
            ? Stream.of(new AssetName.Iso(target))
            : Stream.of();
    Stream<AssetName> disks = offer.disks().stream().map(suffix -> name(target + "." + suffix));
    return Stream.concat(iso, disks).toList();
  }

  /// What media are made of, for machines that boot by other means.
  private static List<AssetName> parts(Target target, TalosVersion version) {
    List<AssetName> parts = new ArrayList<>();
    if (Capability.UKI.in(version)) {
      parts.add(new AssetName.Uki(target));
    }
    if (!target.secureBoot()) {
      parts.add(new AssetName.Kernel(target.architecture()));
      parts.add(new AssetName.Initramfs(target.architecture()));
      parts.add(new AssetName.Cmdline(target));
    }
    return parts;
  }

  private static AssetName name(String text) {
    if (AssetNameGrammar.parse(text) instanceof AssetNameGrammar.Parsed parsed) {
      return parsed.name();
    }
    throw new IllegalStateException("no asset name: " + text);
  }
}
