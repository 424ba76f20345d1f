package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.InvalidConfigurationException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What plans have in common; the plans themselves are in {@link PlanGoldenTest}, refusals in
/// {@link RefusalsTest}.
final class PlannerTest {
  private static final String EMPTY = "{}";
  private static final String EXTENSIONS =
      "customization: {systemExtensions: {officialExtensions: [siderolabs/b, siderolabs/a]}}";

  private final Planner planner = new Planner(PlanRequests.URL, false);

  @ParameterizedTest
  @CsvSource({"initramfs-amd64.xz", "metal-amd64.iso", "metal-arm64-uki.efi"})
  void namesOfTheCatalogueTakeItsDocument(String asset) throws Exception {
    for (String document :
        new String[] {EXTENSIONS, "overlay: {image: siderolabs/sbc-x, name: x}"}) {
      assertThat(plan("v1.9.5", asset, document))
          .isEqualTo(new PlanOutcome.DocumentNeeded(PlanRequests.version("v1.9.5")));
    }
  }

  @ParameterizedTest
  @CsvSource({"kernel-amd64", "cmdline-metal-amd64"})
  void kernelAndCommandLineIgnoreWhatTheyDoNotCarry(String asset) throws Exception {
    assertThat(plan("v1.11.0", asset, "customization: {embeddedMachineConfiguration: 'a: b'}"))
        .isEqualTo(plan("v1.11.0", asset, EMPTY))
        .isInstanceOf(PlanOutcome.Planned.class);
    assertThat(plan("v1.9.5", asset, EXTENSIONS))
        .isEqualTo(plan("v1.9.5", asset, EMPTY))
        .isInstanceOf(PlanOutcome.Planned.class);
  }

  @Test
  void whatAKindIgnoresIsNotInItsPlan() throws Exception {
    String customized = "customization: {extraKernelArgs: [a], meta: [{key: 10, value: x}]}";
    assertThat(plan("v1.9.5", "kernel-arm64", customized))
        .isEqualTo(plan("v1.9.5", "kernel-arm64", EMPTY));
    assertThat(plan("v1.9.5", "metal-amd64.iso", customized))
        .isNotEqualTo(plan("v1.9.5", "metal-amd64.iso", EMPTY));
  }

  @Test
  void aPlanComesWithTheWarningsOfItsRequest() throws Exception {
    String unheard = "customization: {meta: [{key: 10, value: a;b}]}";
    assertThat(plan("v1.9.5", "metal-amd64.iso", unheard))
        .isInstanceOfSatisfying(
            PlanOutcome.Planned.class,
            planned ->
                assertThat(planned.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("customization.meta: "));
    assertThat(plan("v1.9.5", "metal-amd64.iso", EMPTY))
        .isInstanceOfSatisfying(
            PlanOutcome.Planned.class, planned -> assertThat(planned.warnings()).isEmpty());
  }

  private PlanOutcome plan(String version, String asset, String document)
      throws InvalidConfigurationException {
    return PlanRequests.plan(
        planner, request(version, asset, document), PlanRequests.INDEX, Optional.empty());
  }

  private static PlanRequest request(String version, String asset, String document)
      throws InvalidConfigurationException {
    Configuration configuration =
        new ConfigurationDecoder(false).decode(document.getBytes(StandardCharsets.UTF_8));
    return PlanRequests.of(version, asset, configuration);
  }
}
