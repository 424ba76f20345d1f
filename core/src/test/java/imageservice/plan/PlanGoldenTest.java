package imageservice.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.release.InstallerBase;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every plan of a matrix of assets and releases, one file each under `plans`.
final class PlanGoldenTest {
  private static final String DOCUMENT =
      """
      customization:
          extraKernelArgs:
              - console=ttyS1
              - -selinux
          meta:
              - key: 10
                value: '{"a": "b"}'
          bootloader: grub
      """;

  static Stream<Arguments> matrix() {
    return PlanRequests.VERSIONS.stream()
        .flatMap(version ->
            Stream.of(
                    "kernel-amd64",
                    "kernel-arm64",
                    "cmdline-metal-amd64",
                    "cmdline-metal-arm64",
                    "cmdline-aws-amd64",
                    "initramfs-amd64.xz",
                    "initramfs-arm64.xz",
                    "metal-amd64.iso",
                    "metal-arm64.iso",
                    "nocloud-amd64.iso",
                    "metal-amd64-uki.efi",
                    "aws-arm64-uki.efi",
                    "cmdline-metal-rpi_generic-arm64",
                    "metal-amd64.raw.zst",
                    "metal-arm64.qcow2",
                    "aws-amd64.raw.xz",
                    "installer-amd64.tar",
                    "aws-installer-arm64.tar")
                .map(asset -> Arguments.of(version, asset)));
  }

  static Stream<Arguments> signed() {
    return PlanRequests.VERSIONS.stream()
        .flatMap(version ->
            Stream.of(
                    "metal-amd64-secureboot-uki.efi",
                    "metal-arm64-secureboot.iso",
                    "metal-amd64-secureboot.raw.zst",
                    "installer-amd64-secureboot.tar")
                .map(asset -> Arguments.of(version, asset)));
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void isThePlanThatWasRecorded(String version, String asset) throws Exception {
    check(new Planner(PlanRequests.URL, false), version, asset);
  }

  @ParameterizedTest
  @MethodSource("signed")
  void namesTheKeysOfSecureBoot(String version, String asset) throws Exception {
    check(
        new Planner(PlanRequests.URL, Optional.of(RecordedKeys.KEYS), false, Optional.empty()),
        version,
        asset);
  }

  private static void check(Planner planner, String version, String asset) throws Exception {
    Configuration configuration = new ConfigurationDecoder(false).decode(DOCUMENT.getBytes(UTF_8));
    PlanOutcome outcome =
        PlanRequests.plan(
            planner,
            PlanRequests.of(version, asset, configuration),
            PlanRequests.INDEX,
            Optional.of(
                PlanRequests.document(
                    version, new InstallerBase.Image(PlanRequests.digest("base " + version)))));
    Recordings.check("plans/%s/%s.txt".formatted(version, asset), readable(outcome));
  }

  /// The plan's JSON with a field a line, or the refusal.
  static String readable(PlanOutcome outcome) {
    return switch (outcome) {
      case PlanOutcome.Planned(BuildPlan plan, var ignored) ->
          "key: "
              + AssetKey.of(plan)
              + "\n"
              + BuildPlanJson.write(plan).replaceAll("(?<=[\\[{,])(?=[\"{])", "\n")
              + "\n";
      case PlanOutcome.DocumentNeeded needed -> needed + "\n";
      case PlanOutcome.Refused refused -> refused.reason() + ": " + refused.message() + "\n";
    };
  }
}
