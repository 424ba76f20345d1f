package imageservice.asset;

import java.util.Locale;

/// The container format of a disk image.
public enum DiskFormat {
  RAW,
  QCOW2,
  VHD,
  OVA;

  String suffix() {
    return "." + name().toLowerCase(Locale.ROOT);
  }
}
