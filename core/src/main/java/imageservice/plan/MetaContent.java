package imageservice.plan;

import imageservice.configuration.MetaValue;
import imageservice.release.Capability;
import imageservice.release.TalosVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The values of a disk image's partition META, in their order.
public record MetaContent(List<MetaValue> values) {
  /// Bytes that the partition has for its records.
  static final int ROOM = 262_104;

  /// Tag and length before each value, in bytes.
  private static final int RECORD = 8;

  /// The key by which Talos learns that a disk image has two boot loaders, of which it removes one.
  /// Releases that have no such images by default do not know it.
  private static final int BOOTLOADER = 0x11;

  public MetaContent {
    values = List.copyOf(values);
  }

  static MetaContent of(List<MetaValue> asked, Loaders loaders, TalosVersion version) {
    List<MetaValue> values = new ArrayList<>(asked);
    if (loaders == Loaders.BOTH && Capability.SYSTEMD_BOOT_FOR_UEFI.in(version)) {
      values.add(new MetaValue(BOOTLOADER, loaders.asked().toString()));
    }
    return new MetaContent(values);
  }

  /// Bytes of all records.
  int length() {
    return values.stream()
        .mapToInt(value -> RECORD + value.value().getBytes(StandardCharsets.UTF_8).length)
        .sum();
  }
}
