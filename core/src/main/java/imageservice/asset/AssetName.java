package imageservice.asset;

/// The asset name of a configured asset, as a value. {@link AssetNameGrammar#parse} reads every
/// spelling that clients use; `toString` writes the one spelling under which the asset is stored.
public sealed interface AssetName {
  Architecture architecture();

  /// The release's kernel, unchanged.
  record Kernel(Architecture architecture) implements AssetName {
    @Override
    public String toString() {
      return "kernel-" + architecture;
    }
  }

  /// The kernel command line as text without a final newline.
  record Cmdline(Target target) implements ForTarget {
    @Override
    public String toString() {
      return "cmdline-" + target;
    }
  }

  /// The release's initramfs and the configuration's extensions; its suffix is `.xz` for every
  /// compression.
  record Initramfs(Architecture architecture) implements AssetName {
    @Override
    public String toString() {
      return "initramfs-" + architecture + ".xz";
    }
  }

  record Iso(Target target) implements ForTarget {
    @Override
    public String toString() {
      return target + ".iso";
    }
  }

  record Uki(Target target) implements ForTarget {
    @Override
    public String toString() {
      return target + "-uki.efi";
    }
  }

  /// The installer's container image as a tar archive.
  record Installer(Target target) implements ForTarget {
    @Override
    public String toString() {
      String secureBoot = target.secureBoot() ? "-secureboot" : "";
      String platform = target.platform() == Platform.METAL ? "" : target.platform() + "-";
      return platform + "installer-" + target.architecture() + secureBoot + ".tar";
    }
  }

  record Disk(Target target, DiskFormat format, Compression compression) implements ForTarget {
    @Override
    public String toString() {
      return target + format.suffix() + compression.suffix();
    }
  }

  /// The name of an asset for one platform.
  sealed interface ForTarget extends AssetName {
    Target target();

    @Override
    default Architecture architecture() {
      return target().architecture();
    }
  }

  default AssetKind kind() {
    return switch (this) {
      case Kernel ignored -> AssetKind.KERNEL;
      case Cmdline ignored -> AssetKind.CMDLINE;
      case Initramfs ignored -> AssetKind.INITRAMFS;
      case Iso ignored -> AssetKind.ISO;
      case Uki ignored -> AssetKind.UKI;
      case Installer ignored -> AssetKind.INSTALLER;
      case Disk ignored -> AssetKind.DISK_IMAGE;
    };
  }
}
