package imageservice.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The numbered way one output is made. A change of the bytes that a plan gives raises the number,
/// in the same commit: plans made before then stay what they were, and what is built after it has
/// another key.
public enum Recipe {
  KERNEL(1),
  CMDLINE(1),
  INITRAMFS(1),
  GRUB_ISO(1),
  UKI(1),
  SYSTEMD_BOOT_ISO(1),
  HYBRID_ISO(1),
  TALOSCTL(1);

  private final int revision;

  Recipe(int revision) {
    this.revision = revision;
  }

  /// Name and number, `grub-iso/1`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-') + "/" + revision;
  }

  /// Every recipe with its number: what an object's address depends on besides its plan.
  static String all() {
    return Arrays.stream(values()).map(Recipe::toString).collect(Collectors.joining(","));
  }
}
