package imageservice.release;

/// What differs between Talos releases, all of it: each capability holds from one release on, or up
/// to one. This is the one table that decides; nothing else in the code compares versions.
///
/// Versions count without their pre-release: `v1.10.0-alpha.0` has what 1.10.0 has.
public enum Capability {
  /// A second menu entry of GRUB that wipes the installation.
  GRUB_RESET_ENTRY(Bound.FIRST, 1, 4, 0),
  /// Unified kernel images, systemd-boot and SecureBoot.
  UKI(Bound.FIRST, 1, 5, 0),
  /// META as a kernel argument may be compressed with gzip.
  COMPRESSED_META(Bound.FIRST, 1, 6, 3),
  /// Support for single-board computers comes with the release itself.
  BOARDS(Bound.END, 1, 7, 0),
  OVERLAYS(Bound.FIRST, 1, 7, 0),
  /// The extension `schematic` carries the configuration's text.
  SCHEMATIC_EXTRA_INFO(Bound.FIRST, 1, 7, 0),
  /// What is added to the initramfs is compressed with zstd; with xz before.
  ZSTD_ADD_ONS(Bound.FIRST, 1, 8, 0),
  /// ISOs carry the version as volume id and volume set id.
  ISO_LABEL(Bound.FIRST, 1, 8, 0),
  /// `metal` on amd64 has the serial console as well.
  METAL_SERIAL_CONSOLE(Bound.END, 1, 8, 0),
  /// ISOs say `talos.halt_if_installed=1`.
  HALT_IF_INSTALLED(Bound.FIRST, 1, 8, 0),
  /// Disk images bring the partitions STATE and EPHEMERAL.
  DATA_PARTITIONS(Bound.END, 1, 8, 0),
  SELINUX_ARGUMENT(Bound.FIRST, 1, 10, 0),
  /// systemd-boot is the loader for UEFI: hybrid ISOs, dual-boot disk images, UKIs in installers.
  SYSTEMD_BOOT_FOR_UEFI(Bound.FIRST, 1, 10, 0),
  /// Modules and firmware live below /usr/lib.
  MERGED_USR(Bound.FIRST, 1, 10, 0),
  UKI_PROFILES(Bound.FIRST, 1, 10, 0),
  /// The installer's base is `installer-base`; installers and UKIs take extra kernel arguments.
  UNIFIED_INSTALLER(Bound.FIRST, 1, 10, 0),
  IMA_ARGUMENTS(Bound.END, 1, 11, 0),
  /// BOOT has 2000 MiB; 1000 MiB before.
  LARGE_BOOT_PARTITION(Bound.FIRST, 1, 11, 0),
  TALOSCTL_DOWNLOADS(Bound.FIRST, 1, 11, 0),
  EMBEDDED_MACHINE_CONFIGURATION(Bound.FIRST, 1, 12, 0),
  MODULE_SIGNATURE_ARGUMENT(Bound.FIRST, 1, 12, 0),
  /// The configuration's boot loader counts for ISOs too, and arm64 ISOs have systemd-boot alone.
  ISO_BOOTLOADER_CHOICE(Bound.FIRST, 1, 12, 0),
  PROC_MEM_ARGUMENT(Bound.FIRST, 1, 13, 0),
  INIT_ON_ALLOC_ARGUMENT(Bound.END, 1, 14, 0),
  /// The NVMe time-out is an argument of every platform; of aws alone afterwards.
  NVME_TIMEOUT_EVERYWHERE(Bound.END, 1, 14, 0);

  private enum Bound {
    /// The first release that has it.
    FIRST,
    /// The first release that has it no more.
    END
  }

  private final Bound bound;
  private final int major;
  private final int minor;
  private final int patch;

  Capability(Bound bound, int major, int minor, int patch) {
    this.bound = bound;
    this.major = major;
    this.minor = minor;
    this.patch = patch;
  }

  public boolean in(TalosVersion version) {
    boolean reached = version.release().compareTo(TalosVersion.of(major, minor, patch)) >= 0;
    return reached == (bound == Bound.FIRST);
  }
}
