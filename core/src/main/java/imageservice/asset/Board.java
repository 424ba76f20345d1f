package imageservice.asset;

import java.util.Arrays;
import java.util.Optional;

/// A single-board computer that Talos releases before 1.7 support themselves; later releases use
/// overlays instead. Its text stands between platform and architecture in asset names:
/// `metal-rpi_generic-arm64.iso`.
public enum Board {
  RPI_GENERIC("rpi_generic", "rpi_4"),
  JETSON_NANO("jetson_nano"),
  BANANAPI_M64("bananapi_m64"),
  LIBRETECH_ALL_H3_CC_H5("libretech_all_h3_cc_h5"),
  PINE64("pine64"),
  ROCK64("rock64"),
  ROCKPI_4("rockpi_4", "rockpi4"),
  ROCKPI_4C("rockpi_4c", "rockpi4c"),
  NANOPI_R4S("nanopi_r4s");

  private final String text;
  private final String otherText;

  Board(String text) {
    this(text, text);
  }

  /// @param otherText that is read as well: of an earlier release, or of an overlay
  Board(String text, String otherText) {
    this.text = text;
    this.otherText = otherText;
  }

  public static Optional<Board> parse(String text) {
    return Arrays.stream(values())
        .filter(board -> board.text.equals(text) || board.otherText.equals(text))
        .findFirst();
  }

  @Override
  public String toString() {
    return text;
  }
}
