package imageservice.plan;

import imageservice.asset.AssetKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToIntFunction;

/// The numbered way in which a builder makes one output. A commit that changes the bytes of a plan
/// also raises the recipe's number of changes: earlier plans keep their asset keys, later ones get
/// other keys. A recipe that contains the output of another counts the other's changes too.
public enum Recipe {
  KERNEL(AssetKind.KERNEL, 0),
  CMDLINE(AssetKind.CMDLINE, 1),
  INITRAMFS(AssetKind.INITRAMFS, 1),
  GRUB_ISO(AssetKind.ISO, 1),
  SYSTEMD_BOOT_ISO(AssetKind.ISO, 1),
  HYBRID_ISO(AssetKind.ISO, 1),
  UKI(AssetKind.UKI, 0),
  GRUB_DISK(AssetKind.DISK_IMAGE, 2),
  SYSTEMD_BOOT_DISK(AssetKind.DISK_IMAGE, 2),
  DUAL_BOOT_DISK(AssetKind.DISK_IMAGE, 2),
  TALOSCTL(AssetKind.TALOSCTL, 0),
  INSTALLER_ARCHIVE(AssetKind.INSTALLER, 2),
  INSTALLER_IMAGE(AssetKind.INSTALLER_IMAGE, 2),
  SOURCE_IMAGE(AssetKind.SOURCE_IMAGE, 0),
  ATTESTATION(AssetKind.ATTESTATION, 0);

  private final AssetKind kind;
  private final int changes;

  /// @param kind of the assets that it makes
  /// @param changes how often its own bytes have changed so far
  Recipe(AssetKind kind, int changes) {
    this.kind = kind;
    this.changes = changes;
  }

  AssetKind kind() {
    return kind;
  }

  /// How often its own bytes have changed, without those of the recipes it contains.
  int changes() {
    return changes;
  }

  /// This recipe and all whose output it contains, directly or indirectly.
  Set<Recipe> contained() {
    Set<Recipe> contained = EnumSet.of(this);
    parts().forEach(part -> contained.addAll(part.contained()));
    return contained;
  }

  /// The recipes whose output it contains directly.
  private Set<Recipe> parts() {
    return switch (this) {
      case KERNEL, CMDLINE, INITRAMFS, TALOSCTL, SOURCE_IMAGE, ATTESTATION -> Set.of();
      case UKI, GRUB_ISO, GRUB_DISK -> Set.of(INITRAMFS);
      case SYSTEMD_BOOT_ISO,
          HYBRID_ISO,
          SYSTEMD_BOOT_DISK,
          DUAL_BOOT_DISK,
          INSTALLER_ARCHIVE,
          INSTALLER_IMAGE ->
          Set.of(UKI);
    };
  }

  /// All recipes as texts.
  static List<String> all() {
    return Arrays.stream(values()).map(Recipe::toString).toList();
  }

  /// Name and revision, such as `grub-iso/1`. The revision is 1 plus the changes of the recipe and
  /// of all that it contains, so it never falls.
  @Override
  public String toString() {
    return text(Recipe::changes);
  }

  /// Name and revision by these numbers of changes.
  String text(ToIntFunction<Recipe> count) {
    int revision = 1 + contained().stream().mapToInt(count).sum();
    return name().toLowerCase(Locale.ROOT).replace('_', '-') + "/" + revision;
  }
}
