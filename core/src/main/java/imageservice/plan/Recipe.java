package imageservice.plan;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToIntFunction;

/// The numbered way one output is made. A change of the bytes that a plan gives raises the number
/// of changes, in the same commit: plans made before then stay what they were, and what is built
/// after it has another key. What contains the output of another recipe counts that one's changes
/// too.
public enum Recipe {
  KERNEL(0),
  CMDLINE(1),
  INITRAMFS(0),
  GRUB_ISO(1),
  UKI(0),
  SYSTEMD_BOOT_ISO(1),
  HYBRID_ISO(1),
  TALOSCTL(0);

  private final int changes;

  /// @param changes of its own bytes so far
  Recipe(int changes) {
    this.changes = changes;
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
