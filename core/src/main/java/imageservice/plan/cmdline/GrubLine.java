package imageservice.plan.cmdline;

/// What GRUB makes of a command line in its menu, which is a script. GRUB takes each `'` for the
/// begin or end of a quoted text and drops it. Before the line it puts `BOOT_IMAGE=` and the
/// kernel's path, and before each `"` and `\` a backslash (GRUB 2.06, `grub_cmd_linux`,
/// `grub_create_loader_cmdline`).
public final class GrubLine {
  private static final String BEFORE = "BOOT_IMAGE=/boot/vmlinuz ";

  /// The most bytes that GRUB adds for one character of a text between `'`: the menu's backslash
  /// stands there for itself, and gets another.
  private static final int ADDED_IN_QUOTES = 3;

  private GrubLine() {}

  /// The most bytes that the kernel gets besides those of the line.
  public static int added(String line) {
    int escaped =
        line.indexOf('\'') < 0
            ? count(line, "\"\\")
            : ADDED_IN_QUOTES * count(line, "\"\\{}&$|;<>");
    return BEFORE.length() + escaped;
  }

  /// Whether a quoted text has a begin without an end. It would take in the rest of the menu: a
  /// machine would not boot, or pass the arguments of another entry to the kernel.
  public static boolean isUnclosed(String line) {
    return count(line, "'") % 2 == 1;
  }

  /// Whether the kernel sees another argument than the menu was made of.
  static boolean changes(String argument) {
    return count(argument, "'\"\\") > 0;
  }

  private static int count(String text, String wanted) {
    return (int) text.chars().filter(c -> wanted.indexOf(c) >= 0).count();
  }
}
