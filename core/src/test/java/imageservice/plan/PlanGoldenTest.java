package imageservice.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every plan of a matrix of assets and releases, one file each under `plans`. With
/// `-Dgolden.record=true` the files are written anew and the run fails.
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
                    "nocloud-amd64.iso")
                .map(asset -> Arguments.of(version, asset)));
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void isThePlanThatWasRecorded(String version, String asset) throws Exception {
    Configuration configuration = new ConfigurationDecoder(false).decode(DOCUMENT.getBytes(UTF_8));
    PlanOutcome outcome =
        new Planner(PlanRequests.URL, false)
            .plan(
                PlanRequests.of(version, asset, configuration),
                PlanRequests.INDEX,
                Optional.empty());
    String file = version + "/" + asset + ".txt";
    if (Boolean.getBoolean("golden.record")) {
      record(file, readable(outcome));
      fail("recorded " + file + "; run again without golden.record");
    }
    assertThat(readable(outcome)).isEqualTo(recorded(file));
  }

  /// The plan's JSON with a field a line, or the refusal.
  private static String readable(PlanOutcome outcome) {
    return switch (outcome) {
      case PlanOutcome.Planned(BuildPlan plan) ->
          "key: "
              + AssetKey.of(plan)
              + "\n"
              + BuildPlanJson.write(plan).replaceAll("(?<=[\\[{,])(?=[\"{])", "\n")
              + "\n";
      case PlanOutcome.DocumentNeeded needed -> needed + "\n";
      case PlanOutcome.Refused refused -> refused.reason() + ": " + refused.message() + "\n";
    };
  }

  private static String recorded(String file) throws IOException {
    try (@Nullable InputStream in = PlanGoldenTest.class.getResourceAsStream("/plans/" + file)) {
      return in == null ? "(nothing recorded)" : new String(in.readAllBytes(), UTF_8);
    }
  }

  private static void record(String file, String text) throws IOException {
    Path path = Path.of("src/test/resources/plans").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
