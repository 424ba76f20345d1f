package imageservice.plan;

import imageservice.asset.AssetKind;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToIntFunction;

/// The numbered way one output is made. A change of the bytes that a plan gives raises the number
/// of changes, in the same commit: plans made before then stay what they were, and what is built
/// after it has another key. What contains the output of another recipe counts that one's changes
/// too.
public enum Recipe {
  KERNEL(AssetKind.KERNEL, 0),
  CMDLINE(AssetKind.CMDLINE, 1),
  INITRAMFS(AssetKind.INITRAMFS, 0),
  GRUB_ISO(AssetKind.ISO, 1),
  SYSTEMD_BOOT_ISO(AssetKind.ISO, 1),
  HYBRID_ISO(AssetKind.ISO, 1),
  UKI(AssetKind.UKI, 0),
  TALOSCTL(AssetKind.TALOSCTL, 0);

  private final AssetKind kind;
  private final int changes;

  /// @param kind of the assets that it makes
  /// @param changes of its own bytes so far
  Recipe(AssetKind kind, int changes) {
    this.kind = kind;
    this.changes = changes;
  }

  AssetKind kind() {
    return kind;
  }

  /// How often the bytes have changed that it makes itself, those of its parts apart.
  int changes() {
    return changes;
  }

  /// This recipe and all whose output it contains, however deep.
  Set<Recipe> contained() {
    Set<Recipe> contained = EnumSet.of(this);
    parts().forEach(part -> contained.addAll(part.contained()));
    return contained;
  }

  /// The recipes whose output it contains directly.
  private Set<Recipe> parts() {
    return switch (this) {
      case KERNEL, CMDLINE, INITRAMFS, TALOSCTL -> Set.of();
      case UKI, GRUB_ISO -> Set.of(INITRAMFS);
      case SYSTEMD_BOOT_ISO, HYBRID_ISO -> Set.of(UKI);
    };
  }

  /// Name and revision, `grub-iso/1`. The revision only grows: one more for each change of its own
  /// or of a part.
  @Override
  public String toString() {
    return text(Recipe::changes);
  }

  /// The same with other counts of changes.
  String text(ToIntFunction<Recipe> count) {
    int revision = 1 + contained().stream().mapToInt(count).sum();
    return name().toLowerCase(Locale.ROOT).replace('_', '-') + "/" + revision;
  }
}
