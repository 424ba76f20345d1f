package imageservice.plan.firmware;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A board's files, by their paths below a folder of an image.
///
/// @param skip sectors between the header of the partition table and its entries
/// @param raw what firmware loads from outside of all partitions
/// @param files of the EFI system partition: path there, and path below the folder
/// @param folders whose content lies in the root of the EFI system partition
/// @param configTxt the text that a Raspberry Pi's firmware reads its settings from
public record FirmwareFiles(
    int skip,
    Optional<Raw> raw,
    Map<String, String> files,
    List<String> folders,
    Optional<String> configTxt) {
  /// A file at a place of its own.
  ///
  /// @param offset on the disk, in bytes
  public record Raw(String path, int offset) {}

  /// For what a Rockchip's boot ROM loads: 10 MiB.
  private static final int ROCKCHIP_SKIP = 20_480;

  private static final int ROCKCHIP_OFFSET = 64 * 512;

  /// For what an Allwinner's boot ROM loads: 1 MiB.
  private static final int ALLWINNER_SKIP = 2_048;

  private static final int ALLWINNER_OFFSET = 16 * 512;

  private static final String U_BOOT = "u-boot/";

  public FirmwareFiles {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    folders = List.copyOf(folders);
  }

  static FirmwareFiles rockchip(String folder, String tree) {
    return board(
        ROCKCHIP_SKIP,
        new Raw(U_BOOT + folder + "/u-boot-rockchip.bin", ROCKCHIP_OFFSET),
        "rockchip/" + tree);
  }

  static FirmwareFiles allwinner(String folder, String tree) {
    return board(
        ALLWINNER_SKIP,
        new Raw(U_BOOT + folder + "/u-boot-sunxi-with-spl.bin", ALLWINNER_OFFSET),
        "allwinner/" + tree);
  }

  /// A board whose firmware brings its own loader.
  static FirmwareFiles deviceTree(String tree) {
    return new FirmwareFiles(0, Optional.empty(), trees(tree), List.of(), Optional.empty());
  }

  static FirmwareFiles raspberryPi(List<String> folders, String configTxt) {
    return new FirmwareFiles(
        0,
        Optional.empty(),
        Map.of("u-boot.bin", U_BOOT + "rpi_generic/u-boot.bin"),
        folders,
        Optional.of(configTxt));
  }

  private static FirmwareFiles board(int skip, Raw raw, String tree) {
    return new FirmwareFiles(skip, Optional.of(raw), trees(tree), List.of(), Optional.empty());
  }

  private static Map<String, String> trees(String tree) {
    return Map.of("dtb/" + tree + ".dtb", "dtb/" + tree + ".dtb");
  }

  FirmwareFiles withoutRaw() {
    return new FirmwareFiles(skip, Optional.empty(), files, folders, configTxt);
  }

  FirmwareFiles withConfigTxt(String text) {
    return new FirmwareFiles(skip, raw, files, folders, Optional.of(text));
  }
}
