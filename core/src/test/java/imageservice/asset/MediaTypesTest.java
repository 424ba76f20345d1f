package imageservice.asset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MediaTypesTest {
  @ParameterizedTest
  @CsvSource({
    "metal-amd64-uki.efi, application/efi",
    "metal-amd64.iso, application/x-iso9660-image",
    "initramfs-amd64.xz, application/x-xz",
    "metal-amd64.raw.xz, application/x-xz",
    "gcp-amd64.raw.tar.gz, application/gzip",
    "oracle-amd64.qcow2, application/x-qemu-disk",
    "metal-amd64.raw.zst, application/zstd",
    "installer-amd64.tar, application/x-tar",
    "vmware-amd64.ova, application/octet-stream",
    "azure-amd64.vhd, application/octet-stream",
    "metal-amd64.raw, application/octet-stream",
    "kernel-amd64, application/octet-stream",
    "cmdline-metal-amd64, application/octet-stream",
    "talosctl-windows-amd64.exe, application/octet-stream"
  })
  void followTheLastSuffix(String name, String mediaType) {
    assertThat(MediaTypes.of(name)).isEqualTo(mediaType);
  }
}
