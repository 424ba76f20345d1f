package imageservice.asset;

import java.util.Locale;

/// The container that a disk image comes in.
public enum DiskFormat {
  RAW,
  QCOW2,
  VHD,
  OVA;

  String suffix() {
    return "." + name().toLowerCase(Locale.ROOT);
  }
}
