package imageservice.plan.firmware;

import imageservice.configuration.OptionValue;
import imageservice.configuration.Overlay;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/// What the official overlays' own programs put on a disk for `install`, as a table. The paths are
/// below `arm64` in {@link #ARTIFACTS} of the overlay's image.
public final class OverlayFirmware {
  /// Where an overlay's image has the files of boards.
  public static final String ARTIFACTS = "artifacts";

  private static final String FIRMWARE = "firmware/boot";

  /// Of the fifth Raspberry Pi, which has a folder of its own.
  private static final String FIFTH = "../rpi_5";

  /// Overlays that leave out what is loaded from outside of partitions, where it lies in flash.
  private static final Set<String> SPI_BOOT =
      Set.of(
          "orangepi-5",
          "orangepi-5-plus",
          "orangepi-5-max",
          "rock5b",
          "rock5b-plus",
          "rock5t",
          "turingrk1");

  private static final Map<String, FirmwareFiles> BY_NAME = byName();

  private OverlayFirmware() {}

  /// The files for an overlay with its options; empty where the table lacks it.
  public static Optional<FirmwareFiles> of(Overlay overlay) {
    return Optional.ofNullable(BY_NAME.get(overlay.name()))
        .map(files -> isSpiBoot(overlay) ? files.withoutRaw() : files)
        .map(files -> files.configTxt().isPresent() ? configured(files, overlay) : files);
  }

  /// Names of all overlays in the table.
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  private static boolean isSpiBoot(Overlay overlay) {
    return SPI_BOOT.contains(overlay.name())
        && option(overlay, "spi_boot").equals(Optional.of(new OptionValue.Bool(true)));
  }

  /// Settings of one's own take the place of the overlay's; more of them follow after a line end.
  private static FirmwareFiles configured(FirmwareFiles files, Overlay overlay) {
    String own = text(overlay, "configTxt");
    String settings = own.isEmpty() ? files.configTxt().orElseThrow() : own;
    return files.withConfigTxt(settings + "\n" + text(overlay, "configTxtAppend"));
  }

  private static String text(Overlay overlay, String name) {
    return option(overlay, name)
        .map(value -> value instanceof OptionValue.Text(String text) ? text : "")
        .orElse("");
  }

  private static Optional<OptionValue> option(Overlay overlay, String name) {
    return Optional.ofNullable(overlay.options().entries().get(new OptionValue.Text(name)));
  }

  private static Map<String, FirmwareFiles> byName() {
    Map<String, FirmwareFiles> all = new TreeMap<>();
    all.put("rpi_generic", FirmwareFiles.raspberryPi(List.of(FIRMWARE), ConfigTxt.GENERIC));
    all.put("rpi_5", FirmwareFiles.raspberryPi(List.of(FIFTH), ConfigTxt.FIFTH));
    all.put(
        "revpi_generic",
        FirmwareFiles.raspberryPi(
            List.of(FIRMWARE, "firmware/revpi_generic/boot"), ConfigTxt.EARLIER));
    all.put("jetson_nano", FirmwareFiles.deviceTree("nvidia/tegra210-p3450-0000"));
    all.putAll(allwinner());
    all.putAll(rockchip());
    return Map.copyOf(all);
  }

  private static Map<String, FirmwareFiles> allwinner() {
    return boards(
        FirmwareFiles::allwinner,
        Map.of(
            "bananapi_m64", "sun50i-a64-bananapi-m64",
            "libretech_all_h3_cc_h5", "sun50i-h5-libretech-all-h3-cc",
            "pine64", "sun50i-a64-pine64-plus"));
  }

  private static Map<String, FirmwareFiles> rockchip() {
    Map<String, FirmwareFiles> all =
        boards(
            FirmwareFiles::rockchip,
            Map.ofEntries(
                Map.entry("friendlyelec-cm3588-nas", "rk3588-friendlyelec-cm3588-nas"),
                Map.entry("helios64", "rk3399-kobol-helios64"),
                Map.entry("nanopi-r4s", "rk3399-nanopi-r4s"),
                Map.entry("nanopi-r5s", "rk3568-nanopi-r5s"),
                Map.entry("odroid-m1", "rk3568-odroid-m1"),
                Map.entry("orangepi-5", "rk3588s-orangepi-5"),
                Map.entry("orangepi-5-max", "rk3588-orangepi-5-max"),
                Map.entry("orangepi-5-plus", "rk3588-orangepi-5-plus"),
                Map.entry("orangepi-r1-plus-lts", "rk3328-orangepi-r1-plus-lts"),
                Map.entry("rock3b", "rk3568-rock-3b"),
                Map.entry("rock4cplus", "rk3399-rock-4c-plus"),
                Map.entry("rock4se", "rk3399-rock-4se"),
                Map.entry("rock5a", "rk3588s-rock-5a"),
                Map.entry("rock5b", "rk3588-rock-5b"),
                Map.entry("rock5b-plus", "rk3588-rock-5b-plus"),
                Map.entry("rock5t", "rk3588-rock-5t"),
                Map.entry("rock64", "rk3328-rock64"),
                Map.entry("rockpi4", "rk3399-rock-pi-4b"),
                Map.entry("rockpi4c", "rk3399-rock-pi-4c"),
                Map.entry("rockpro64", "rk3399-rockpro64-v2"),
                Map.entry("turingrk1", "rk3588-turing-rk1")));
    all.put("radxa-zero-3e", FirmwareFiles.rockchip("radxa-zero-3", "rk3566-radxa-zero-3e"));
    return all;
  }

  /// Boards whose folder has the overlay's name.
  ///
  /// @param trees names of device trees by overlay
  private static Map<String, FirmwareFiles> boards(
      BiFunction<String, String, FirmwareFiles> maker, Map<String, String> trees) {
    Map<String, FirmwareFiles> boards = new TreeMap<>();
    trees.forEach((name, tree) -> boards.put(name, maker.apply(name, tree)));
    return boards;
  }
}
