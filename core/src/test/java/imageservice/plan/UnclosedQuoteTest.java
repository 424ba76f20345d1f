package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.configuration.ConfigurationDecoder;
import imageservice.plan.PlanOutcome.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// GRUB's menu has the command line twice, the second time with the argument that wipes the disk: a
/// quoted text that begins in the first would end in the second.
final class UnclosedQuoteTest {
  @ParameterizedTest
  @CsvSource({
    "v1.9.5, metal-amd64.iso, true", "v1.10.7, metal-amd64.iso, true",
    "v1.13.2, metal-amd64.iso, true", "v1.13.2, metal-arm64.iso, false",
    "v1.13.2, metal-amd64-uki.efi, false", "v1.9.5, cmdline-metal-amd64, false"
  })
  void isRefusedWhereGrubStartsTheIso(String version, String asset, boolean refused)
      throws Exception {
    assertThat(plan(version, asset, "[\"name=o'neil\", a, \"it's='b'\", 'c=\"']"))
        .isInstanceOf(PlanOutcome.Planned.class);
    PlanOutcome odd = plan(version, asset, "[\"name=o'neil\", a]");
    assertThat(odd instanceof Refused).isEqualTo(refused);
    if (odd instanceof Refused refusal) {
      assertThat(refusal.message()).contains("customization.extraKernelArgs has a ' without");
    }
  }

  private static PlanOutcome plan(String version, String asset, String arguments) throws Exception {
    String document = "customization: {extraKernelArgs: %s}".formatted(arguments);
    return PlanRequests.plan(
        new Planner(PlanRequests.URL, false),
        PlanRequests.of(
            version,
            asset,
            new ConfigurationDecoder(false).decode(document.getBytes(StandardCharsets.UTF_8))),
        PlanRequests.INDEX,
        Optional.empty());
  }
}
