package imageservice.plan.cmdline;

import imageservice.asset.Board;

/// The kernel arguments of boards, for releases before overlays.
final class BoardArguments {
  private static final String NO_DASHBOARD = " talos.dashboard.disabled=1";
  private static final String NO_KEXEC = " sysctl.kernel.kexec_load_disabled=1";

  private BoardArguments() {}

  static String of(Board board) {
    return switch (board) {
      case RPI_GENERIC -> "console=tty0 console=ttyAMA0,115200" + NO_KEXEC + NO_DASHBOARD;
      case JETSON_NANO -> "console=tty0 console=ttyS0,115200" + NO_KEXEC + NO_DASHBOARD;
      case BANANAPI_M64, LIBRETECH_ALL_H3_CC_H5, PINE64 ->
          "console=tty0 console=ttyS0,115200" + NO_DASHBOARD;
      case ROCK64 -> "console=tty0 console=ttyS2,115200n8" + NO_DASHBOARD;
      case ROCKPI_4, ROCKPI_4C, NANOPI_R4S ->
          "console=tty0 console=ttyS2,1500000n8" + NO_KEXEC + NO_DASHBOARD;
    };
  }

  /// The value of `talos.board`, which is `rockpi_4` for the Rock Pi 4C as well.
  static String name(Board board) {
    return (board == Board.ROCKPI_4C ? Board.ROCKPI_4 : board).toString();
  }
}
