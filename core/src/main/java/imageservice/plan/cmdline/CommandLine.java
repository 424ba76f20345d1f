package imageservice.plan.cmdline;

import imageservice.asset.Target;
import imageservice.configuration.Customization;
import imageservice.release.Capability;
import imageservice.release.TalosVersion;
import java.util.List;

/// The kernel command line of an asset: the platform's arguments, the release's defaults, then the
/// configuration's extra arguments.
public final class CommandLine {
  static final String NVME_TIMEOUT = "nvme_core.io_timeout=4294967295";

  /// The kind of asset that carries the command line, which decides what arguments it omits.
  public enum Use {
    /// The command line as an asset of its own and in boot scripts; omits the overlay's arguments.
    TEXT,
    ISO,
    /// Omits META, which the builder writes to the META partition.
    DISK_IMAGE,
    UKI,
    INSTALLER
  }

  private CommandLine() {}

  /// The complete command line.
  ///
  /// @param overlay the overlay's arguments, separated by blanks; empty without an overlay
  public static String of(
      Target target, TalosVersion version, Use use, Customization customization, String overlay) {
    return open(target, version, use, customization)
        .with(use == Use.TEXT ? List.of() : List.of(overlay));
  }

  /// The command line without the overlay's arguments, which the builder gets from the overlay's
  /// program.
  public static OpenCommandLine open(
      Target target, TalosVersion version, Use use, Customization customization) {
    return new OpenCommandLine(
        before(target, version, use),
        after(target, version, use, customization),
        extra(target, version, use, customization));
  }

  private static String before(Target target, TalosVersion version, Use use) {
    KernelArguments line = new KernelArguments();
    line.append("talos.platform=" + target.platform());
    line.set(PlatformArguments.of(target.platform(), target.architecture(), version));
    target
        .board()
        .ifPresent(board -> {
          line.append("talos.board=" + BoardArguments.name(board));
          line.set(BoardArguments.of(board));
        });
    if (use == Use.ISO && Capability.HALT_IF_INSTALLED.in(version)) {
      line.append("talos.halt_if_installed=1");
    }
    return line.toString();
  }

  private static String after(
      Target target, TalosVersion version, Use use, Customization customization) {
    KernelArguments line = new KernelArguments();
    line.append(defaults(version));
    if (target.secureBoot()) {
      line.append("lockdown=confidentiality");
    }
    if (use == Use.TEXT || use == Use.ISO) {
      MetaArgument.of(customization.meta(), version).ifPresent(line::append);
    }
    return line.toString();
  }

  private static List<String> extra(
      Target target, TalosVersion version, Use use, Customization customization) {
    return takesExtraArguments(use, target, version) ? customization.extraKernelArgs() : List.of();
  }

  /// Whether the asset carries the configuration's extra arguments. In older releases the machine
  /// composes the rest of the line for UKIs and installers without secure boot.
  private static boolean takesExtraArguments(Use use, Target target, TalosVersion version) {
    return switch (use) {
      case TEXT, ISO, DISK_IMAGE -> true;
      case UKI, INSTALLER -> target.secureBoot() || Capability.UNIFIED_INSTALLER.in(version);
    };
  }

  private static String defaults(TalosVersion version) {
    return String.join(
        " ",
        Capability.INIT_ON_ALLOC_ARGUMENT.in(version) ? "init_on_alloc=1" : "",
        "slab_nomerge pti=on consoleblank=0",
        Capability.NVME_TIMEOUT_EVERYWHERE.in(version) ? NVME_TIMEOUT : "",
        "printk.devkmsg=on",
        Capability.IMA_ARGUMENTS.in(version)
            ? "ima_template=ima-ng ima_appraise=fix ima_hash=sha512"
            : "",
        Capability.SELINUX_ARGUMENT.in(version) ? "selinux=1" : "",
        Capability.MODULE_SIGNATURE_ARGUMENT.in(version) ? "module.sig_enforce=1" : "",
        Capability.PROC_MEM_ARGUMENT.in(version) ? "proc_mem.force_override=never" : "");
  }
}
