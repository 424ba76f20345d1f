package imageservice.plan;

import imageservice.asset.Architecture;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The parts of an installer's container image for one architecture: the release's base, what a
/// machine will boot from its disk, and an overlay.
public record InstallerContent(
    Input.BaseImage base, Installed installed, Optional<CarriedOverlay> overlay) {
  /// What the installer puts onto a machine's disk.
  public sealed interface Installed {}

  /// Kernel and initramfs; the machine writes the command line itself.
  public record Separate(Input.ImageFile kernel, InitramfsContent initramfs) implements Installed {}

  /// A UKI and the boot loader that starts it.
  public record Unified(Boot.SystemdBoot boot) implements Installed {}

  /// An overlay whose program the installer runs on the machine. The builder does not run it for
  /// that.
  ///
  /// @param options as YAML, for the program's standard input
  public record CarriedOverlay(Input.OverlayImage image, String options) {}

  public Architecture architecture() {
    return base.architecture();
  }

  public InitramfsContent initramfs() {
    return switch (installed) {
      case Separate separate -> separate.initramfs();
      case Unified unified -> unified.boot().initramfs();
    };
  }

  /// The command line that the image carries; empty where the machine writes it.
  public Optional<PlannedCommandLine> commandLine() {
    return uki().map(UkiContent::commandLine);
  }

  public Optional<UkiContent> uki() {
    return switch (installed) {
      case Separate ignored -> Optional.empty();
      case Unified unified -> unified.boot().uki();
    };
  }

  /// The inputs that the builder fetches, each once.
  public List<Input> inputs() {
    Set<Input> inputs = new LinkedHashSet<>(List.of(base));
    switch (installed) {
      case Separate separate -> {
        inputs.add(separate.kernel());
        inputs.addAll(separate.initramfs().inputs());
      }
      case Unified unified -> inputs.addAll(unified.boot().inputs());
    }
    overlay.ifPresent(carried -> inputs.add(carried.image()));
    return List.copyOf(inputs);
  }
}
