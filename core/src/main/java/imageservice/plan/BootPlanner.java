package imageservice.plan;

import imageservice.asset.Target;
import imageservice.plan.cmdline.CommandLine;
import imageservice.plan.cmdline.GrubLine;
import imageservice.release.Capability;
import imageservice.release.Digest;
import java.util.Optional;
import java.util.function.Function;

/// Plans what boots a medium: its boot loaders, and the kernel, initramfs and command line that
/// they start.
final class BootPlanner {
  /// What boots the medium, or why it cannot boot.
  sealed interface Outcome {}

  record Chosen(Boot boot) implements Outcome {}

  record Refused(PlanOutcome.Refused refusal) implements Outcome {}

  private BootPlanner() {}

  /// @param use ISO or disk image
  static Outcome plan(Loaders loaders, Target target, CommandLine.Use use, PlanParts parts) {
    Outcome outcome = choose(loaders, target, use, parts);
    return outcome instanceof Chosen(Boot boot)
        ? refusal(boot, loaders, use, parts).<Outcome>map(Refused::new).orElse(outcome)
        : outcome;
  }

  private static Optional<PlanOutcome.Refused> refusal(
      Boot boot, Loaders loaders, CommandLine.Use use, PlanParts parts) {
    String line = boot.commandLine().planned();
    return loaders.haveGrub() && GrubLine.isUnclosed(line)
        ? Optional.of(Refusals.unclosedQuote())
        : Refusals.tooLong(boot.commandLine(), boot.added(line, MenuReset.of(use)), parts);
  }

  private static Outcome choose(
      Loaders loaders, Target target, CommandLine.Use use, PlanParts parts) {
    boolean resetEntry = Capability.GRUB_RESET_ENTRY.in(parts.version());
    return switch (loaders) {
      case SYSTEMD_BOOT -> new Chosen(parts.systemdBoot(target, use));
      case GRUB -> withKit(parts, kit -> grub(target, use, parts, resetEntry, kit));
      case BOTH ->
          withKit(parts, kit -> new Boot.Both(parts.systemdBoot(target, use), resetEntry, kit));
    };
  }

  private static Outcome withKit(PlanParts parts, Function<Input.GrubKit, Boot> boot) {
    Optional<Digest> kit = parts.grubKit();
    return kit.isPresent()
        ? new Chosen(boot.apply(new Input.GrubKit(kit.get())))
        : new Refused(Refusals.noGrubKit());
  }

  private static Boot.Grub grub(
      Target target, CommandLine.Use use, PlanParts parts, boolean resetEntry, Input.GrubKit kit) {
    return new Boot.Grub(
        parts.kernel(target.architecture()),
        parts.initramfs(target.architecture()),
        parts.commandLine(target, use),
        resetEntry,
        kit);
  }
}
