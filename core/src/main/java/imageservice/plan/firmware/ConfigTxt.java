package imageservice.plan.firmware;

/// The settings of a Raspberry Pi's firmware: its file `config.txt`.
final class ConfigTxt {
  private static final String COMMON =
      """
      gpu_mem=32
      hdmi_safe:0=1
      hdmi_safe:1=1
      kernel=u-boot.bin
      arm_64bit=1
      arm_boost=1
      enable_uart=1
      """;

  private static final String NO_RADIO =
      """
      dtoverlay=disable-bt
      dtoverlay=disable-wifi
      """;

  /// U-Boot does not start where that board's serial port is on.
  private static final String PI_5 =
      """
      [pi5]
      enable_uart=0
      [all]
      """;

  /// Of the overlay for boards up to the fourth generation, which its fifth starts from too.
  static final String GENERIC = COMMON + NO_RADIO + PI_5;

  static final String FIFTH = COMMON + PI_5;

  /// Of the overlay for Revolution Pi, and of releases before overlays.
  static final String EARLIER = COMMON + NO_RADIO;

  private ConfigTxt() {}
}
