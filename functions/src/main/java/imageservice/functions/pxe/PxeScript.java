package imageservice.functions.pxe;

import imageservice.asset.Target;
import imageservice.configuration.ConfigurationId;
import imageservice.release.TalosVersion;

/// The script by which iPXE boots a machine, byte for byte that of the reference.
///
/// @param pxeUrl the URL under which machines reach the service, with a final slash
/// @param commandLine of the kernel; a UKI started under secure boot uses its own and ignores it
record PxeScript(
    String pxeUrl, ConfigurationId id, TalosVersion version, Target target, String commandLine) {
  @Override
  public String toString() {
    String kernel = target.secureBoot() ? target + "-uki.efi" : "kernel-" + target.architecture();
    String initramfs =
        target.secureBoot()
            ? ""
            : "initrd " + address("initramfs-" + target.architecture() + ".xz") + "\n";
    return "#!ipxe\n\nimgfree\nkernel %s %s\n%sboot\n"
        .formatted(address(kernel), commandLine, initramfs);
  }

  private String address(String name) {
    return pxeUrl + "image/" + id.hex() + "/" + version + "/" + name;
  }
}
