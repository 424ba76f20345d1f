package imageservice.plan;

import imageservice.plan.cmdline.CommandLine;

/// What the entry of a boot menu that wipes the installation appends to the command line.
public enum MenuReset {
  /// Of a medium that is not the installation: wipes the whole system disk.
  ISO("system"),
  /// Of the installation itself, which stays bootable.
  DISK_IMAGE("system:EPHEMERAL,STATE");

  private final String wiped;

  MenuReset(String wiped) {
    this.wiped = wiped;
  }

  static MenuReset of(CommandLine.Use use) {
    return switch (use) {
      case ISO, TEXT, UKI -> ISO;
      case DISK_IMAGE, INSTALLER -> DISK_IMAGE;
    };
  }

  /// The argument, with the blank before it.
  public String appended() {
    return " talos.experimental.wipe=" + wiped;
  }
}
