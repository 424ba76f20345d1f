package imageservice.asset;

/// What kind of file an asset is. Each kind has a generation of its own: what changes the bytes of
/// one kind moves the objects of no other.
public enum AssetKind {
  KERNEL("kernel"),
  CMDLINE("kernel command line"),
  INITRAMFS("initramfs"),
  UKI("UKI"),
  ISO("ISO"),
  DISK_IMAGE("disk image"),
  INSTALLER("installer archive"),
  TALOSCTL("talosctl binary");

  private final String label;

  AssetKind(String label) {
    this.label = label;
  }

  /// The kind in messages.
  @Override
  public String toString() {
    return label;
  }
}
