package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What disk images have in common, and what they cost beside their contents.
final class DiskSharingTest {
  private static final String LOADER = "customization: {bootloader: %s, extraKernelArgs: [a=%s]}";
  private static final int LARGEST = 64 << 20;

  @ParameterizedTest
  @CsvSource({"grub, 1", "sd-boot, 1", "dual-boot, 2"})
  void everyDiskRefersToTheSameKernel(String loader, int times) throws IOException {
    for (String argument : new String[] {"one", "another"}) {
      String document = LOADER.formatted(loader, argument);
      Extents disk = Disks.assembled(Disks.of("v1.13.2", "metal-amd64.raw", document));
      assertThat(disk.extents()).filteredOn(extent -> isWhole(extent, Disks.KERNEL)).hasSize(times);
    }
  }

  private static boolean isWhole(Extent extent, Blob blob) {
    return extent instanceof Extent.Slice slice
        && slice.blob().equals(blob)
        && slice.length() == blob.length();
  }

  /// The same extents but for the zeros between them and the places in tables.
  @ParameterizedTest
  @CsvSource({"grub", "sd-boot", "dual-boot"})
  void aLargerDiskCostsNoMore(String loader) throws IOException {
    String document = LOADER.formatted(loader, "b");
    Extents small = Disks.assembled(Disks.of("v1.13.2", "metal-amd64.raw", document));
    Extents large = Disks.assembled(Disks.of("v1.13.2", "exoscale-amd64.raw", document));
    assertThat(large.length() - small.length()).isEqualTo((10_240L - 1_246) << 20);
    assertThat(large.extents()).hasSameSizeAs(small.extents());
    assertThat(held(large)).isEqualTo(held(small)).isLessThan(1 << 20);
  }

  private static long held(Extents disk) {
    return disk.extents().stream()
        .filter(Extent.Bytes.class::isInstance)
        .mapToLong(Extent::length)
        .sum();
  }

  @ParameterizedTest
  @CsvSource({"qcow2", "ova", "raw.zst"})
  void theSamePlanGivesTheSameBytes(String suffix) throws IOException {
    String document = LOADER.formatted("dual-boot", "b");
    byte[] one = bytes("metal-amd64." + suffix, document);
    assertThat(bytes("metal-amd64." + suffix, document)).isEqualTo(one);
    assertThat(bytes("metal-amd64." + suffix, LOADER.formatted("dual-boot", "c")))
        .isNotEqualTo(one);
  }

  private static byte[] bytes(String asset, String document) throws IOException {
    return Disks.assembled(Disks.of("v1.13.2", asset, document)).bytes(LARGEST);
  }

  @Test
  void aDiskReadsTheSameAgain() throws IOException {
    Blob disk = Disks.assembled(Disks.of("v1.9.5", "metal-arm64.qcow2", "{}"));
    assertThat(disk.bytes(LARGEST)).hasSize((int) disk.length()).isEqualTo(disk.bytes(LARGEST));
  }
}
