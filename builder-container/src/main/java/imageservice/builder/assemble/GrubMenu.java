package imageservice.builder.assemble;

/// The `grub.cfg` of an ISO.
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

  private GrubMenu() {}

  static String of(String commandLine, boolean resetEntry) {
    String quoted = quote(commandLine);
    String boot = HEAD + ENTRY.formatted("Talos ISO", quoted);
    return resetEntry
        ? boot
            + "\n"
            + ENTRY.formatted(
                "Reset Talos installation", quoted + " talos.experimental.wipe=system")
        : boot;
  }

  /// Puts a backslash before each character that GRUB's shell gives a meaning.
  private static String quote(String commandLine) {
    return commandLine.replaceAll("[\\\\{}&$|;<>\"]", "\\\\$0");
  }
}
