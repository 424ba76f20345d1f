package imageservice.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// boot-assets.md 0.3, at every boundary.
final class CapabilityTest {
  private static final String FROM = "from";
  private static final String UNTIL = "until";

  static Stream<Arguments> table() {
    return Stream.of(
        Arguments.of(Capability.GRUB_RESET_ENTRY, FROM, "1.3.7", "1.4.0"),
        Arguments.of(Capability.UKI, FROM, "1.4.8", "1.5.0"),
        Arguments.of(Capability.COMPRESSED_META, FROM, "1.6.2", "1.6.3"),
        Arguments.of(Capability.BOARDS, UNTIL, "1.6.9", "1.7.0"),
        Arguments.of(Capability.OVERLAYS, FROM, "1.6.9", "1.7.0"),
        Arguments.of(Capability.SCHEMATIC_EXTRA_INFO, FROM, "1.6.9", "1.7.0"),
        Arguments.of(Capability.ZSTD_ADD_ONS, FROM, "1.7.9", "1.8.0"),
        Arguments.of(Capability.ISO_LABEL, FROM, "1.7.9", "1.8.0"),
        Arguments.of(Capability.METAL_SERIAL_CONSOLE, UNTIL, "1.7.9", "1.8.0"),
        Arguments.of(Capability.HALT_IF_INSTALLED, FROM, "1.7.9", "1.8.0"),
        Arguments.of(Capability.DATA_PARTITIONS, UNTIL, "1.7.9", "1.8.0"),
        Arguments.of(Capability.SELINUX_ARGUMENT, FROM, "1.9.9", "1.10.0"),
        Arguments.of(Capability.SYSTEMD_BOOT_FOR_UEFI, FROM, "1.9.9", "1.10.0"),
        Arguments.of(Capability.MERGED_USR, FROM, "1.9.9", "1.10.0"),
        Arguments.of(Capability.UKI_PROFILES, FROM, "1.9.9", "1.10.0"),
        Arguments.of(Capability.UNIFIED_INSTALLER, FROM, "1.9.9", "1.10.0"),
        Arguments.of(Capability.IMA_ARGUMENTS, UNTIL, "1.10.99", "1.11.0"),
        Arguments.of(Capability.LARGE_BOOT_PARTITION, FROM, "1.10.9", "1.11.0"),
        Arguments.of(Capability.TALOSCTL_DOWNLOADS, FROM, "1.10.9", "1.11.0"),
        Arguments.of(Capability.EMBEDDED_MACHINE_CONFIGURATION, FROM, "1.11.9", "1.12.0"),
        Arguments.of(Capability.MODULE_SIGNATURE_ARGUMENT, FROM, "1.11.9", "1.12.0"),
        Arguments.of(Capability.ISO_BOOTLOADER_CHOICE, FROM, "1.11.9", "1.12.0"),
        Arguments.of(Capability.PROC_MEM_ARGUMENT, FROM, "1.12.9", "1.13.0"),
        Arguments.of(Capability.INIT_ON_ALLOC_ARGUMENT, UNTIL, "1.13.9", "1.14.0"),
        Arguments.of(Capability.NVME_TIMEOUT_EVERYWHERE, UNTIL, "1.13.9", "1.14.0"));
  }

  @ParameterizedTest
  @MethodSource("table")
  void changesBetweenTheseTwo(Capability capability, String kind, String last, String first) {
    boolean before = kind.equals(UNTIL);
    assertThat(in(capability, last)).isEqualTo(before);
    assertThat(in(capability, first)).isEqualTo(!before);
    assertThat(in(capability, first + "-alpha.0")).isEqualTo(!before);
    assertThat(in(capability, "0.14.3")).isEqualTo(before);
    assertThat(in(capability, "2.0.0")).isEqualTo(!before);
  }

  @Test
  void theTableIsWhole() {
    assertThat(table().map(row -> row.get()[0]))
        .containsExactlyElementsOf(Arrays.asList((Object[]) Capability.values()));
  }

  private static boolean in(Capability capability, String version) {
    return capability.in(TalosVersion.parse(version).orElseThrow());
  }
}
