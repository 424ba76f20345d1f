package imageservice.builder.assemble;

import imageservice.release.TalosVersion;

/// `.osrel` of a unified kernel image: os-release(5). systemd-boot takes from it the menu's title
/// and the version by which it sorts.
final class OsRelease {
  private OsRelease() {}

  static String of(TalosVersion version) {
    return """
    NAME="Talos"
    ID=talos
    VERSION_ID=%1$s
    PRETTY_NAME="Talos (%1$s)"
    HOME_URL="https://www.talos.dev/"
    BUG_REPORT_URL="https://github.com/siderolabs/talos/issues"
    VENDOR_NAME="Sidero Labs"
    VENDOR_URL="https://www.siderolabs.com/"
    """
        .formatted(version);
  }
}
