package imageservice.plan;

import imageservice.asset.Target;
import imageservice.plan.cmdline.CommandLine;
import imageservice.plan.cmdline.GrubLine;
import imageservice.release.Capability;
import imageservice.release.Digest;
import java.util.Optional;
import java.util.function.Function;

/// Chooses the boot loaders of an ISO, and the kernel, initramfs and command line that they start.
final class BootPlanner {
  /// What boots the ISO, or why it cannot boot.
  sealed interface Outcome {}

  record Chosen(Boot boot) implements Outcome {}

  record Refused(PlanOutcome.Refused refusal) implements Outcome {}

  private BootPlanner() {}

  static Outcome iso(Target target, PlanParts parts) {
    Loaders loaders = Loaders.of(target, parts.version(), parts.customization());
    Outcome outcome = iso(loaders, target, parts);
    return outcome instanceof Chosen(Boot boot)
        ? refusal(boot, loaders, parts).<Outcome>map(Refused::new).orElse(outcome)
        : outcome;
  }

  private static Optional<PlanOutcome.Refused> refusal(
      Boot boot, Loaders loaders, PlanParts parts) {
    String line = boot.commandLine().planned();
    return loaders.haveGrub() && GrubLine.isUnclosed(line)
        ? Optional.of(Refusals.unclosedQuote())
        : Refusals.tooLong(boot.commandLine(), boot.added(line), parts);
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
}
