package imageservice.plan.cmdline;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The kernel arguments of the official overlays, as the overlays' own programs print them for
/// `get-options`. No overlay's arguments have ever differed by its release or its options, so this
/// table replaces running the programs.
public final class OverlayArguments {
  private static final String COMMON =
      " sysctl.kernel.kexec_load_disabled=1 talos.dashboard.disabled=1";
  private static final String ROCKCHIP = "console=tty0 console=ttyS2,1500000n8";
  private static final String RK3588 =
      "cma=128MB console=tty0 console=ttyS9,115200 console=ttyS2,115200";

  private static final Map<String, Set<String>> NAMES =
      Map.of(
          "console=tty0 console=ttyAMA0,115200",
          Set.of("rpi_generic", "revpi_generic"),
          "console=tty0 console=ttyAMA10,115200",
          Set.of("rpi_5"),
          "console=tty0 console=ttyS0,115200",
          Set.of("bananapi_m64", "libretech_all_h3_cc_h5", "pine64", "jetson_nano"),
          ROCKCHIP,
          Set.of(
              "nanopi-r4s",
              "nanopi-r5s",
              "odroid-m1",
              "orangepi-r1-plus-lts",
              "radxa-zero-3e",
              "rock3b",
              "rock4cplus",
              "rock4se",
              "rockpi4",
              "rockpi4c",
              "rockpro64"),
          "console=tty0 ttyS2,115200n8",
          Set.of("rock64"), // its second console lacks `console=`
          "console=tty1 console=ttyS2,1500000n8"
              + " usb-storage.quirks=0x2537:0x1066:u,0x2537:0x1068:u",
          Set.of("helios64"),
          "console=tty0 console=ttyS2,115200",
          Set.of("orangepi-5"),
          "console=tty1 console=ttyS2,1500000",
          Set.of("orangepi-5-plus", "orangepi-5-max"),
          RK3588,
          Set.of(
              "rock5a", "rock5b", "rock5b-plus", "rock5t", "turingrk1", "friendlyelec-cm3588-nas"));

  private static final Map<String, String> BY_NAME = byName();

  private OverlayArguments() {}

  /// The arguments of the overlay with this name, separated by blanks; empty where the table lacks
  /// the overlay.
  public static Optional<String> of(String overlay) {
    return Optional.ofNullable(BY_NAME.get(overlay));
  }

  private static Map<String, String> byName() {
    Map<String, String> byName = new TreeMap<>();
    NAMES.forEach(
        (arguments, names) -> names.forEach(name -> byName.put(name, arguments + COMMON)));
    return Map.copyOf(byName);
  }
}
