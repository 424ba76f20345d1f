package imageservice.functions.pxe;

import imageservice.asset.Target;
import imageservice.configuration.ConfigurationId;
import imageservice.release.TalosVersion;

/// The script by which iPXE boots a machine, byte for byte that of the reference.
///
/// @param pxeUrl the URL under which machines reach the service, with a final slash
/// @param commandLine of the kernel; a UKI started under secure boot uses its own and ignores it
/// @param namesInitramfs whether the command line begins with the initramfs's name, which the
///   reference never has
record PxeScript(
    String pxeUrl,
    ConfigurationId id,
    TalosVersion version,
    Target target,
    String commandLine,
    boolean namesInitramfs) {
  @Override
  public String toString() {
    return target.secureBoot()
        ? script(target + "-uki.efi", commandLine, "")
        : script(
            "kernel-" + target.architecture(),
            (namesInitramfs ? "initrd=" + initramfs() + " " : "") + commandLine,
            "initrd " + address(initramfs()) + "\n");
  }

  private String script(String kernel, String arguments, String initrd) {
    return "#!ipxe\n\nimgfree\nkernel %s %s\n%sboot\n"
        .formatted(address(kernel), arguments, initrd);
  }

  private String initramfs() {
    return "initramfs-" + target.architecture() + ".xz";
  }

  private String address(String name) {
    return pxeUrl + "image/" + id.hex() + "/" + version + "/" + name;
  }
}
