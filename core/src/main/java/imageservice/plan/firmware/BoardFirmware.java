package imageservice.plan.firmware;

import imageservice.asset.Board;
import java.util.List;

/// What releases before overlays put on a disk for a board. The paths are below {@link #INSTALL} of
/// the release's image.
public final class BoardFirmware {
  /// Where a release's image has the boards' files.
  public static final String INSTALL = "usr/install/arm64/";

  private static final String RASPBERRY_PI = "raspberrypi-firmware/boot";

  private BoardFirmware() {}

  public static FirmwareFiles of(Board board) {
    return switch (board) {
      case RPI_GENERIC -> FirmwareFiles.raspberryPi(List.of(RASPBERRY_PI), ConfigTxt.EARLIER);
      case JETSON_NANO -> FirmwareFiles.deviceTree("nvidia/tegra210-p3450-0000");
      case BANANAPI_M64 -> FirmwareFiles.allwinner("bananapi_m64", "sun50i-a64-bananapi-m64");
      case LIBRETECH_ALL_H3_CC_H5 ->
          FirmwareFiles.allwinner("libretech_all_h3_cc_h5", "sun50i-h5-libretech-all-h3-cc");
      case PINE64 -> FirmwareFiles.allwinner("pine64", "sun50i-a64-pine64-plus");
      case ROCK64 -> FirmwareFiles.rockchip("rock64", "rk3328-rock64");
      case ROCKPI_4 -> FirmwareFiles.rockchip("rockpi_4", "rk3399-rock-pi-4b");
      // the release has no other file for it
      case ROCKPI_4C -> FirmwareFiles.rockchip("rockpi_4", "rk3399-rock-pi-4c");
      case NANOPI_R4S -> FirmwareFiles.rockchip("nanopi_r4s", "rk3399-nanopi-r4s");
    };
  }
}
