package imageservice.asset;

/// The kind of an asset. Each kind has its own generation, so that a change of one kind's bytes
/// moves no asset of another kind to a new address.
public enum AssetKind {
  KERNEL("kernel"),
  CMDLINE("kernel command line"),
  INITRAMFS("initramfs"),
  UKI("UKI"),
  ISO("ISO"),
  DISK_IMAGE("disk image"),
  INSTALLER("installer archive"),
  INSTALLER_IMAGE("installer image"),
  TALOSCTL("talosctl binary"),
  SOURCE_IMAGE("image of the source"),
  ATTESTATION("attestation");

  private final String label;

  AssetKind(String label) {
    this.label = label;
  }

  /// The kind's label in messages.
  @Override
  public String toString() {
    return label;
  }
}
