package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VolumeLabelTest {
  @ParameterizedTest
  @CsvSource({
    "v1.12.0, TALOS_V1_12_0, Talos-v1.12.0",
    "1.8.0-alpha.1, TALOS_V1_8_0_ALPHA_1, Talos-v1.8.0-alpha.1",
    "v1.9.5+a.b-c, TALOS_V1_9_5A_B_C, Talos-v1.9.5+a.b-c",
    "v1.9.5-rc.0.with-a-very-long-tail, TALOS_V1_9_5_RC_0_WITH_A_VERY_LO, Talos-v1.9.5-rc.0.with-a-very-long-tail"
  })
  void namesTheVersion(String version, String volumeId, String volumeSetId) {
    assertThat(VolumeLabel.of(PlanRequests.version(version)))
        .isEqualTo(new VolumeLabel(volumeId, volumeSetId));
  }
}
