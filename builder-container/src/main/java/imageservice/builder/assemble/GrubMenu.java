package imageservice.builder.assemble;

import imageservice.plan.MenuReset;
import imageservice.release.TalosVersion;

/// GRUB's menu, `grub.cfg`: of an ISO, and of a disk, where Talos reads and writes it too.
final class GrubMenu {
  private static final String HEAD =
      """
      set default=0
      set timeout=3

      insmod all_video

      terminal_input console
      terminal_output console

      """;
  private static final String ENTRY =
      """
      menuentry "%s" {
      \tset gfxmode=auto
      \tset gfxpayload=text
      \tlinux /boot/vmlinuz %s
      \tinitrd /boot/initramfs.xz
      }
      """;

  private static final String DISK_ENTRY =
      """
      menuentry "%s" {
        set gfxmode=auto
        set gfxpayload=text
        linux /A/vmlinuz %s
        initrd /A/initramfs.xz
      }
      """;

  private GrubMenu() {}

  /// The menu of a disk. Talos knows its own entries by their names, which begin with the slot or
  /// with `Reset`.
  static String ofDisk(TalosVersion version, String commandLine, boolean resetEntry) {
    String quoted = quote(commandLine);
    String slot = "A - Talos " + version;
    String boot = diskHead(slot) + DISK_ENTRY.formatted(slot, quoted);
    return resetEntry
        ? boot
            + DISK_ENTRY.formatted(
                "Reset Talos installation and return to maintenance mode",
                quoted + MenuReset.DISK_IMAGE.appended())
        : boot;
  }

  static String of(String commandLine, boolean resetEntry) {
    String quoted = quote(commandLine);
    String boot = HEAD + ENTRY.formatted("Talos ISO", quoted);
    return resetEntry
        ? boot
            + "\n"
            + ENTRY.formatted("Reset Talos installation", quoted + MenuReset.ISO.appended())
        : boot;
  }

  private static String diskHead(String slot) {
    return """
    set default="%s"

    set timeout=3

    insmod all_video

    terminal_input console
    terminal_output console

    """
        .formatted(slot);
  }

  /// Puts a backslash before each character that GRUB's shell gives a meaning.
  private static String quote(String commandLine) {
    return commandLine.replaceAll("[\\\\{}&$|;<>\"]", "\\\\$0");
  }
}
