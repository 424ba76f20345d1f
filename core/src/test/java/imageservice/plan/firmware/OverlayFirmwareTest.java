package imageservice.plan.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.InvalidConfigurationException;
import imageservice.configuration.Overlay;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What options change of an overlay's files; the files themselves are golden plans.
final class OverlayFirmwareTest {
  private static final String FIFTH =
      """
      gpu_mem=32
      hdmi_safe:0=1
      hdmi_safe:1=1
      kernel=u-boot.bin
      arm_64bit=1
      arm_boost=1
      enable_uart=1
      [pi5]
      enable_uart=0
      [all]
      """;

  private static final String RADIO = "dtoverlay=disable-bt\ndtoverlay=disable-wifi\n";

  @Test
  void anOverlayOutsideTheTableHasNone() {
    assertThat(OverlayFirmware.of(overlay("mini-board", "{}"))).isEmpty();
  }

  @Test
  void theSettingsOfARaspberryPiAreThoseOfItsOverlay() {
    assertThat(configTxt("rpi_5", "{}")).isEqualTo(FIFTH + "\n");
    assertThat(configTxt("rpi_generic", "{}"))
        .isEqualTo(FIFTH.replace("[pi5]", RADIO + "[pi5]") + "\n");
    assertThat(configTxt("revpi_generic", "{}"))
        .isEqualTo(FIFTH.substring(0, FIFTH.indexOf("[pi5]")) + RADIO + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rpi_generic", "rpi_5", "revpi_generic"})
  void settingsOfOnesOwnTakeTheirPlaceAndMoreFollow(String name) {
    String theirs = configTxt(name, "{}");
    assertThat(configTxt(name, "{configTxt: mine}")).isEqualTo("mine\n");
    assertThat(configTxt(name, "{configTxt: \"mine\\n\"}")).isEqualTo("mine\n\n");
    assertThat(configTxt(name, "{configTxt: mine, configTxtAppend: more}")).isEqualTo("mine\nmore");
    assertThat(configTxt(name, "{configTxtAppend: \"more\\n\"}")).isEqualTo(theirs + "more\n");
    assertThat(configTxt(name, "{configTxt: '', configTxtAppend: ''}")).isEqualTo(theirs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orangepi-5",
        "orangepi-5-max",
        "orangepi-5-plus",
        "rock5b",
        "rock5b-plus",
        "rock5t",
        "turingrk1"
      })
  void boardsThatStartFromFlashLeaveOutWhatIsThere(String name) {
    FirmwareFiles files = files(name, "{}");
    assertThat(files(name, "{spi_boot: true}"))
        .isEqualTo(
            new FirmwareFiles(
                files.skip(), Optional.empty(), files.files(), files.folders(), files.configTxt()));
    assertThat(files(name, "{spi_boot: false}")).isEqualTo(files);
    assertThat(files.raw()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"rock64, spi_boot: true", "rock5a, spi_boot: true", "rock64, configTxt: x"})
  void otherBoardsDoNotHeedTheseOptions(String name, String option) {
    assertThat(files(name, "{" + option + "}")).isEqualTo(files(name, "{}"));
  }

  private static String configTxt(String name, String options) {
    return files(name, options).configTxt().orElseThrow();
  }

  private static FirmwareFiles files(String name, String options) {
    return OverlayFirmware.of(overlay(name, options)).orElseThrow();
  }

  private static Overlay overlay(String name, String options) {
    String document =
        "overlay: {image: siderolabs/sbc-x, name: %s, options: %s}".formatted(name, options);
    try {
      return new ConfigurationDecoder(false)
          .decode(document.getBytes(StandardCharsets.UTF_8))
          .overlay();
    } catch (InvalidConfigurationException e) {
      throw new IllegalArgumentException(document, e);
    }
  }
}
