package imageservice.asset;

import java.util.Optional;

/// The machine that an asset is for: the part `<platform>-[<board>-]<arch>[-secureboot]` of its
/// asset name.
///
/// @param board only with platform `metal` and architecture `arm64`
public record Target(
    Platform platform, Architecture architecture, boolean secureBoot, Optional<Board> board) {
  public static final String SECURE_BOOT = "-secureboot";

  public Target {
    if (board.isPresent() && (platform != Platform.METAL || architecture != Architecture.ARM64)) {
      throw new IllegalArgumentException(
          "a board of %s on %s: %s".formatted(platform, architecture, board.get()));
    }
  }

  public Target(Platform platform, Architecture architecture, boolean secureBoot) {
    this(platform, architecture, secureBoot, Optional.empty());
  }

  @Override
  public String toString() {
    return platform
        + board.map(name -> "-" + name).orElse("")
        + "-"
        + architecture
        + (secureBoot ? SECURE_BOOT : "");
  }
}
