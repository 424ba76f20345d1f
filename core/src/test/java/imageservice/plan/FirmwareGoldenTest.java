package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Board;
import imageservice.plan.cmdline.OverlayArguments;
import imageservice.plan.firmware.OverlayFirmware;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The plan of a disk image for every overlay, and for every board before overlays, one file each
/// under `plans`.
final class FirmwareGoldenTest {
  private final Planner planner = new Planner(PlanRequests.URL, false);

  static Set<String> overlays() {
    return OverlayFirmware.names();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void isThePlanThatWasRecordedForAnOverlay(String overlay) throws IOException {
    String document = "overlay: {image: siderolabs/sbc-x, name: %s}".formatted(overlay);
    check(
        "overlays/" + overlay,
        PlanRequests.plan(planner, "v1.13.2", "metal-arm64.raw.xz", document));
  }

  @ParameterizedTest
  @EnumSource(Board.class)
  void isThePlanThatWasRecordedForABoard(Board board) throws IOException {
    check(
        "boards/" + board,
        PlanRequests.plan(planner, "v1.6.8", "metal-%s-arm64.raw.xz".formatted(board), "{}"));
  }

  @Test
  void everyOverlayWithArgumentsHasFiles() {
    assertThat(OverlayFirmware.names())
        .hasSize(29)
        .allSatisfy(name -> assertThat(OverlayArguments.of(name)).isPresent());
  }

  private static void check(String name, PlanOutcome outcome) throws IOException {
    Recordings.check("plans/" + name + ".txt", PlanGoldenTest.readable(outcome));
  }
}
