package imageservice.plan.cmdline;

import imageservice.asset.Architecture;
import imageservice.asset.Board;
import imageservice.asset.Platform;
import imageservice.asset.Target;
import imageservice.configuration.Customization;
import imageservice.configuration.DiskImageOptions;
import imageservice.configuration.MetaValue;
import imageservice.configuration.SecureBootOptions;
import imageservice.plan.PlanRequests;
import imageservice.plan.Recordings;
import imageservice.release.Capability;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every command line there is: platform, architecture and release a file, with a line for each
/// thing that carries one, without and with SecureBoot, plain and customized. Those of the texts
/// were recorded from the peer service as well ({@link GoldenCommandLinesTest}).
final class CommandLineMatrixTest {
  /// Replaces, adds, removes by name and by value, and has META.
  private static final Customization CUSTOMIZED =
      new Customization(
          "",
          List.of("console=ttyS7", "quiet", "-pti=on", "-consoleblank", "vga=791", "quiet"),
          List.of(new MetaValue(10, "{}"), new MetaValue(12, "x y")),
          List.of(),
          null,
          SecureBootOptions.DEFAULTS,
          DiskImageOptions.DEFAULTS);

  static Stream<Arguments> cases() {
    return PlanRequests.VERSIONS.stream()
        .flatMap(version ->
            Arrays.stream(Platform.values())
                .flatMap(platform ->
                    Arrays.stream(Architecture.values())
                        .map(architecture -> Arguments.of(version, platform, architecture))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isTheLineThatWasRecorded(String version, Platform platform, Architecture architecture)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (CommandLine.Use use : CommandLine.Use.values()) {
      for (boolean secureBoot : secureBoot(version)) {
        Target target = new Target(platform, architecture, secureBoot);
        append(text, version, target, use, "plain", Customization.NONE, "");
        append(text, version, target, use, "customized", CUSTOMIZED, "");
      }
    }
    Recordings.check(
        "commandlines/%s/%s-%s.txt".formatted(version, platform, architecture), text.toString());
  }

  @ParameterizedTest
  @EnumSource(Board.class)
  void isTheLineThatWasRecordedForABoard(Board board) throws IOException {
    StringBuilder text = new StringBuilder();
    Target target = new Target(Platform.METAL, Architecture.ARM64, false, Optional.of(board));
    for (CommandLine.Use use : CommandLine.Use.values()) {
      append(text, "v1.6.8", target, use, "plain", Customization.NONE, "");
      append(text, "v1.6.8", target, use, "customized", CUSTOMIZED, "");
    }
    Recordings.check("commandlines/boards/" + board + ".txt", text.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rpi_generic",
        "revpi_generic",
        "rpi_5",
        "bananapi_m64",
        "libretech_all_h3_cc_h5",
        "pine64",
        "jetson_nano",
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
        "rockpro64",
        "rock64",
        "helios64",
        "orangepi-5",
        "orangepi-5-plus",
        "orangepi-5-max",
        "rock5a",
        "rock5b",
        "rock5b-plus",
        "rock5t",
        "turingrk1",
        "friendlyelec-cm3588-nas"
      })
  void isTheLineThatWasRecordedForAnOverlay(String overlay) throws IOException {
    StringBuilder text = new StringBuilder();
    Target target = new Target(Platform.METAL, Architecture.ARM64, false);
    String arguments = OverlayArguments.of(overlay).orElseThrow();
    for (String version : List.of("v1.7.6", "v1.13.2")) {
      for (CommandLine.Use use : CommandLine.Use.values()) {
        append(text, version, target, use, "plain", Customization.NONE, arguments);
        append(text, version, target, use, "customized", CUSTOMIZED, arguments);
      }
    }
    Recordings.check("commandlines/overlays/" + overlay + ".txt", text.toString());
  }

  @Test
  void onlyOverlaysOfTheTableHaveArguments() {
    org.assertj.core.api.Assertions.assertThat(OverlayArguments.of("mini-board")).isEmpty();
  }

  private static void append(
      StringBuilder text,
      String version,
      Target target,
      CommandLine.Use use,
      String name,
      Customization customization,
      String overlay) {
    String line =
        CommandLine.of(target, PlanRequests.version(version), use, customization, overlay);
    text.append(version)
        .append(' ')
        .append(target)
        .append(", ")
        .append(use.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .append(", ")
        .append(name)
        .append(":\n    ")
        .append(line)
        .append('\n');
  }

  private static boolean[] secureBoot(String version) {
    return Capability.UKI.in(PlanRequests.version(version))
        ? new boolean[] {false, true}
        : new boolean[] {false};
  }
}
