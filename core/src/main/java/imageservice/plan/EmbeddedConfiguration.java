package imageservice.plan;

import imageservice.release.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The extension that embeds a machine configuration in the asset. Talos reads it at the first
/// boot; Talos's SELinux policy denies every other process.
final class EmbeddedConfiguration {
  private static final int OWNER_READS = 0400;
  private static final String LABEL = "system_u:object_r:system_state_t:s0";

  private EmbeddedConfiguration() {}

  static Extension of(String machineConfiguration) {
    return new Extension.Synthetic(
        new ExtensionManifest(
            "embedded-config",
            Digest.of(machineConfiguration.getBytes(StandardCharsets.UTF_8)).hex(),
            "Imager",
            "Virtual extension which embeds the machine configuration.",
            ">= 1.0.0",
            Optional.empty()),
        List.of(
            new Extension.SyntheticFile(
                "usr/local/etc/talos/config.yaml",
                machineConfiguration,
                OWNER_READS,
                Optional.of(LABEL))));
  }
}
