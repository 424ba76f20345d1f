package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Disk images over HTTP: what they are called, how long they are, any part of them.
@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class DiskTest {
  private static final String VERSION = "v1.9.5";

  /// 1,246 MiB.
  private static final long DISK = 1_306_525_696;

  private static final int SECTOR = 512;

  private final Client client;

  DiskTest(ServiceUnderTest service) {
    client = service.client();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @CsvSource({
    "metal-amd64.raw.zst, application/zstd, 28b52ffd",
    "metal-amd64.raw.xz, application/x-xz, fd377a585a00",
    "metal-amd64.raw.gz, application/gzip, 1f8b08",
    "metal-amd64.raw.tar.gz, application/gzip, 1f8b08",
    "metal-amd64.qcow2, application/x-qemu-disk, 514649fb",
    "metal-amd64.ova, application/octet-stream, 6469736b2e6f7666", // disk.ovf
    "metal-arm64.vhd.xz, application/x-xz, fd377a585a00",
  })
  void downloadsEveryFormat(String name, String mediaType, String begin) throws Exception {
    String path = path("customization: {extraKernelArgs: [%s]}", name);
    Answer head = client.follow("HEAD", path);
    Answer disk = client.download(path);
    assertThat(disk.status()).as(disk.toString()).isEqualTo(200);
    assertThat(disk.required("content-type")).isEqualTo(mediaType);
    assertThat(disk.required("content-disposition"))
        .isEqualTo("attachment; filename=\"" + name + "\"");
    assertThat(head.required("content-length")).isEqualTo("" + disk.body().length);
    byte[] magic = HexFormat.of().parseHex(begin);
    assertThat(Arrays.copyOf(disk.body(), magic.length)).isEqualTo(magic);
    assertThat(disk.body().length).as("zeros take no room").isLessThan(4 << 20);
  }

  /// The tables of partitions are at both ends; behind a VHD's is its footer, and all between is
  /// mostly zeros.
  @ParameterizedTest
  @CsvSource({"metal-amd64.raw, 0, EFI PART", "metal-amd64.vhd, 512, conectix"})
  void answersPartsOfADiskThatNobodyAskedForBefore(String name, long footer, String end)
      throws Exception {
    String path = path("customization: {extraKernelArgs: [%s]}", name);
    long size = DISK + footer;
    Answer first = part(path, SECTOR, SECTOR + 7, size);
    assertThat(first.text()).isEqualTo("EFI PART");
    assertThat(client.follow("HEAD", path).required("content-length")).isEqualTo("" + size);
    assertThat(part(path, size - SECTOR, size - SECTOR + 7, size).text()).isEqualTo(end);
    assertThat(part(path, DISK - SECTOR, DISK - SECTOR + 7, size).text()).isEqualTo("EFI PART");
    assertThat(part(path, 1_000_000_000, 1_000_009_999, size).body()).containsOnly(0);
    Answer behind = client.follow("GET", path, "Range", "bytes=" + size + "-");
    assertThat(behind.status()).isEqualTo(416);
  }

  /// Of what is small, in each shape: a part before the whole was there, then the length of it.
  @ParameterizedTest
  @CsvSource({
    "metal-amd64.qcow2, 514649fb",
    "aws-arm64.raw.xz, fd377a58",
    "gcp-amd64.raw.tar.gz, 1f8b08",
    "vmware-amd64.ova, 6469736b"
  })
  void answersAPartOfAContainerThatNobodyAskedForBefore(String name, String begin)
      throws Exception {
    String path = path("customization: {extraKernelArgs: [%s]}", name);
    int count = begin.length() / 2;
    Answer part = client.follow("GET", path, "Range", "bytes=0-" + (count - 1));
    assertThat(part.status()).as(part.toString()).isEqualTo(206);
    assertThat(HexFormat.of().formatHex(part.body())).isEqualTo(begin);
    String size = client.follow("HEAD", path).required("content-length");
    assertThat(part.required("content-range"))
        .isEqualTo("bytes 0-%d/%s".formatted(count - 1, size));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          diskImage: {sectorSize: 1024}       | v1.9.5/metal-amd64.raw.zst  | sectorSize is 1024, and disks have sectors of 512 or 4096 bytes
          bootloader: dual-boot               | v1.13.2/metal-arm64.raw.zst | dual-boot is not for arm64, which has no BIOS; write sd-boot or grub
          extraKernelArgs: []                 | v1.9.5/metal-amd64.raw.bz2  | invalid profile path: "metal-amd64.raw.bz2"
          extraKernelArgs: []                 | v1.9.5/metal-amd64.vmdk     | invalid profile path: "metal-amd64.vmdk"
          extraKernelArgs: []                 | v1.9.5/metal-sparc.raw      | invalid architecture: "sparc"; known: amd64, arm64
          extraKernelArgs: []                 | v1.9.5/metal-amd64-secureboot.raw.zst | secure boot is disabled
          """)
  void refusesDisksThatNobodyCanMake(String customization, String name, String message)
      throws Exception {
    String id = client.configure("customization: {" + customization + "}");
    Answer refused = client.get("/image/" + id + "/" + name);
    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    assertThat(refused.text()).contains(message);
  }

  @Test
  void aNameWithAnotherSuffixIsToldWhichThereAre() throws Exception {
    String path = path("customization: {extraKernelArgs: [%s]}", "metal-amd64.raw.bz2");
    Answer refused = client.get(path, "Accept", "application/problem+json");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text())
        .contains(
            "PLATFORM-ARCH.raw, .qcow2, .vhd or .ova, each as it is or with .zst, .xz, .gz or"
                + " .tar.gz behind it");
  }

  @Test
  void valuesOfMetaThatDoNotFitAreRefused() throws Exception {
    String value = UUID.randomUUID().toString().repeat(9_000);
    String id = client.configure("customization: {meta: [{key: 10, value: \"" + value + "\"}]}");
    Answer refused = client.get("/image/" + id + "/" + VERSION + "/metal-amd64.raw.zst");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("customization.meta: the values take ", " bytes");
  }

  private Answer part(String path, long first, long last, long size) throws Exception {
    Answer part = client.follow("GET", path, "Range", "bytes=%d-%d".formatted(first, last));
    assertThat(part.status()).as(part.toString()).isEqualTo(206);
    assertThat(part.required("content-range"))
        .isEqualTo("bytes %d-%d/%d".formatted(first, last, size));
    return part;
  }

  /// Of a configuration that nobody asked for before.
  private String path(String configuration, String name) throws Exception {
    String id = client.configure(configuration.formatted("fresh=" + UUID.randomUUID()));
    return "/image/" + id + "/" + VERSION + "/" + name;
  }
}
