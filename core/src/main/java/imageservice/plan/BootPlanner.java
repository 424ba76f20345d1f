package imageservice.plan;

import imageservice.asset.Architecture;
import imageservice.asset.Target;
import imageservice.configuration.Bootloader;
import imageservice.plan.cmdline.CommandLine;
import imageservice.release.Capability;
import imageservice.release.Digest;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Chooses the boot loaders of an ISO, and the kernel, initramfs and command line that they start.
final class BootPlanner {
  /// What boots the ISO, or why it cannot boot.
  sealed interface Outcome {}

  record Chosen(Boot boot) implements Outcome {}

  record Refused(PlanOutcome.Refused refusal) implements Outcome {}

  private enum Loaders {
    GRUB,
    SYSTEMD_BOOT,
    BOTH
  }

  private BootPlanner() {}

  static Outcome iso(Target target, PlanParts parts) {
    Outcome outcome = iso(loaders(target, parts), target, parts);
    return outcome instanceof Chosen(Boot boot)
        ? Refusals.tooLong(boot.commandLine(), longestAppended(boot), parts)
            .<Outcome>map(Refused::new)
            .orElse(outcome)
        : outcome;
  }

  private static Outcome iso(Loaders loaders, Target target, PlanParts parts) {
    boolean resetEntry = Capability.GRUB_RESET_ENTRY.in(parts.version());
    return switch (loaders) {
      case SYSTEMD_BOOT -> new Chosen(systemdBoot(target, parts));
      case GRUB -> withKit(parts, kit -> grub(target, parts, resetEntry, kit));
      case BOTH ->
          withKit(parts, kit -> new Boot.Both(systemdBoot(target, parts), resetEntry, kit));
    };
  }

  private static Outcome withKit(PlanParts parts, Function<Input.GrubKit, Boot> boot) {
    Optional<Digest> kit = parts.grubKit();
    return kit.isPresent()
        ? new Chosen(boot.apply(new Input.GrubKit(kit.get())))
        : new Refused(Refusals.noGrubKit());
  }

  private static Boot.Grub grub(
      Target target, PlanParts parts, boolean resetEntry, Input.GrubKit kit) {
    return new Boot.Grub(
        parts.kernel(target.architecture()),
        parts.initramfs(target.architecture()),
        parts.commandLine(target, CommandLine.Use.ISO),
        resetEntry,
        kit);
  }

  private static Boot.SystemdBoot systemdBoot(Target target, PlanParts parts) {
    return new Boot.SystemdBoot(
        parts.uki(target, CommandLine.Use.ISO),
        parts.installFile(target.architecture(), "systemd-boot.efi"));
  }

  private static Loaders loaders(Target target, PlanParts parts) {
    if (target.secureBoot()) {
      return Loaders.SYSTEMD_BOOT;
    }
    if (!Capability.SYSTEMD_BOOT_FOR_UEFI.in(parts.version())) {
      return Loaders.GRUB;
    }
    return Capability.ISO_BOOTLOADER_CHOICE.in(parts.version())
        ? chosen(parts.customization().bootloader(), target)
        : Loaders.BOTH;
  }

  private static Loaders chosen(@Nullable Bootloader bootloader, Target target) {
    return switch (bootloader) {
      case GRUB -> Loaders.GRUB;
      case SD_BOOT -> Loaders.SYSTEMD_BOOT;
      case DUAL_BOOT -> Loaders.BOTH;
      case null ->
          target.architecture() == Architecture.ARM64 ? Loaders.SYSTEMD_BOOT : Loaders.BOTH;
    };
  }

  /// The most bytes that an entry of the boot menu appends to the command line.
  private static int longestAppended(Boot boot) {
    int reset =
        switch (boot) {
          case Boot.Grub grub -> grub.resetEntry() ? PlanParts.WIPE_SYSTEM.length() : 0;
          case Boot.Both both -> both.resetEntry() ? PlanParts.WIPE_SYSTEM.length() : 0;
          case Boot.SystemdBoot ignored -> 0;
        };
    return Math.max(reset, boot.uki().map(UkiContent::longestAppended).orElse(0));
  }
}
