package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.InvalidConfigurationException;
import imageservice.plan.PlanOutcome.Refused;
import imageservice.plan.cmdline.CommandLineLimit;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Command lines as long as configurations can make them.
final class LongCommandLineTest {
  @Test
  void aLineThatKernelsWouldCutIsRefusedWhereItWouldBoot() throws Exception {
    String document = "customization: {extraKernelArgs: [a=%s], meta: [{key: 10, value: xy}]}";
    String meta = "talos.environment=INSTALLER_META_BASE64=MHhhPXh5";
    String bare = line("metal-amd64.iso", document.formatted(""));
    int appended =
        " talos.experimental.wipe=system".length() + "BOOT_IMAGE=/boot/vmlinuz ".length();
    int room = CommandLineLimit.BYTES - bare.length() - appended - 1; // "a=" prints as "a"
    String fits = document.formatted("x".repeat(room));
    assertThat(line("metal-amd64.iso", fits)).hasSize(CommandLineLimit.BYTES - appended);
    String over = document.formatted("x".repeat(room + 1));
    for (String asset : new String[] {"metal-amd64.iso", "metal-arm64.iso"}) {
      assertThat(outcome("v1.9.5", asset, over))
          .isInstanceOf(Refused.class)
          .asString()
          .contains(
              "the kernel command line has 20",
              "bytes with 56 that the boot loader adds, of which kernels read 2047: customization.extraKernelArgs takes "
                  + (room + 3)
                  + " of them, customization.meta "
                  + meta.length());
    }
    assertThat(
            outcome("v1.13.2", "metal-amd64-uki.efi", over.replace("a=", "a=" + "y".repeat(199))))
        .isInstanceOf(Refused.class);
    assertThat(outcome("v1.9.5", "cmdline-metal-amd64", over))
        .isInstanceOf(PlanOutcome.Planned.class);
    assertThat(outcome("v1.9.5", "initramfs-amd64.xz", over))
        .isInstanceOf(PlanOutcome.Planned.class);
  }

  /// GRUB writes a backslash before each of them; systemd-boot does not.
  @Test
  void theBackslashesOfGrubCountAsWell() throws Exception {
    String quotes = "customization: {extraKernelArgs: ['a=%s']}".formatted("\\".repeat(1000));
    assertThat(outcome("v1.9.5", "metal-amd64.iso", quotes)).isInstanceOf(Refused.class);
    assertThat(outcome("v1.13.2", "metal-arm64.iso", quotes))
        .isInstanceOf(PlanOutcome.Planned.class);
  }

  /// Values as long as a configuration can be stored with.
  @Test
  void metaOfAnyLengthIsPlannedInOnePass() throws Exception {
    String value = "ab".repeat(90_000) + "ba".repeat(80_000);
    String document = "customization: {meta: [{key: 10, value: %s}]}".formatted(value);
    assertThat(line("cmdline-metal-amd64", document).length()).isLessThan(10_000);
  }

  private static String line(String asset, String document) throws Exception {
    if (outcome("v1.9.5", asset, document)
            instanceof PlanOutcome.Planned(BuildPlan plan, var ignored)
        && plan.commandLine().orElseThrow() instanceof PlannedCommandLine.Settled(String text)) {
      return text;
    }
    throw new IllegalArgumentException(outcome("v1.9.5", asset, document).toString());
  }

  private static PlanOutcome outcome(String version, String asset, String document)
      throws InvalidConfigurationException {
    Configuration configuration =
        new ConfigurationDecoder(false).decode(document.getBytes(StandardCharsets.UTF_8));
    return PlanRequests.plan(
        new Planner(PlanRequests.URL, false),
        PlanRequests.of(version, asset, configuration),
        PlanRequests.INDEX,
        Optional.empty());
  }
}
