package imageservice.plan;

import imageservice.asset.Target;
import imageservice.configuration.Customization;
import imageservice.release.Capability;
import imageservice.release.TalosVersion;
import java.util.Set;

/// The kernel command line of an asset: platform, defaults of the release, then what the
/// configuration asks for.
final class CommandLine {
  static final String NVME_TIMEOUT = "nvme_core.io_timeout=4294967295";

  /// What machine the line is for decides the order; what it is in decides what is left out.
  enum Use {
    /// The text itself, as an asset and in boot scripts.
    TEXT,
    ISO
  }

  private static final Set<String> OVERWRITTEN = Set.of("console", "talos.platform");

  private CommandLine() {}

  static String of(Target target, TalosVersion version, Use use, Customization customization) {
    KernelArguments line = new KernelArguments();
    line.append("talos.platform=" + target.platform());
    line.set(PlatformArguments.of(target.platform(), target.architecture(), version));
    if (use == Use.ISO && Capability.HALT_IF_INSTALLED.in(version)) {
      line.append("talos.halt_if_installed=1");
    }
    line.append(defaults(version));
    if (target.secureBoot()) {
      line.append("lockdown=confidentiality");
    }
    MetaArgument.of(customization.meta(), version).ifPresent(line::append);
    line.customize(customization.extraKernelArgs(), OVERWRITTEN);
    return line.toString();
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
