package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What only the stack does.
@Tag("deployed")
@ExtendWith(ServiceUnderTest.Shared.class)
final class DeployedTest {
  private static final String[] NAMES = {
    "kernel-amd64",
    "cmdline-metal-amd64",
    "initramfs-amd64.xz",
    "initramfs-arm64.xz",
    "metal-amd64-uki.efi",
    "metal-amd64.iso",
    "metal-arm64.iso"
  };

  /// Disks as platforms want them. A disk as it is has gigabytes, which the emulator of AWS would
  /// have to keep in memory: it is in each of these.
  private static final String[] DISKS = {
    "akamai-amd64.raw.gz",
    "alibabacloud-arm64.qcow2",
    "aws-amd64.raw.xz",
    "azure-arm64.vhd.xz",
    "cloudstack-amd64.raw.gz",
    "digital-ocean-amd64.raw.gz",
    "equinixMetal-arm64.raw.zst",
    "exoscale-amd64.qcow2",
    "gcp-arm64.raw.tar.gz",
    "hcloud-amd64.raw.xz",
    "nocloud-arm64.raw.xz",
    "opennebula-amd64.raw.zst",
    "openstack-arm64.raw.xz",
    "oracle-amd64.qcow2.zst",
    "scaleway-arm64.raw.zst",
    "upcloud-amd64.raw.xz",
    "vmware-amd64.ova",
    "vultr-amd64.raw.zst"
  };

  private static final List<String> FORMATS = List.of("raw", "qcow2", "vhd", "ova");
  private static final List<String> COMPRESSIONS = List.of("", ".zst", ".xz", ".gz", ".tar.gz");

  private final DeployedService service;
  private final Client client;

  DeployedTest(ServiceUnderTest service) {
    this.service = (DeployedService) service;
    this.client = service.client();
  }

  @AfterEach
  void close() {
    client.close();
  }

  /// A laptop that people reach under the same address.
  @ParameterizedTest
  @CsvSource({
    "customization: {}",
    "'customization: {extraKernelArgs: [same=bytes], systemExtensions: {officialExtensions: [siderolabs/hello]}}'"
  })
  void makesTheBytesThatALaptopMakes(String configuration, @TempDir Path folder) throws Exception {
    compare(configuration, List.of(NAMES), folder);
  }

  /// Every platform's, and of one every format in every compression that is not gigabytes.
  @Test
  void makesTheDisksThatALaptopMakes(@TempDir Path folder) throws Exception {
    List<String> names = new ArrayList<>(List.of(DISKS));
    for (String format : FORMATS) {
      for (String compression : COMPRESSIONS) {
        names.add("metal-amd64." + format + compression);
      }
    }
    names.removeAll(List.of("metal-amd64.raw", "metal-amd64.vhd"));
    compare("customization: {meta: [{key: 10, value: same}]}", names, folder);
  }

  private void compare(String configuration, List<String> names, Path folder) throws Exception {
    int port = FreePort.find();
    try (ServiceProcess laptop =
            Machine.in(folder)
                .withSource(service.registry().prefix())
                .serve(
                    port,
                    "--external-url",
                    service.url(),
                    "--object-url",
                    "http://127.0.0.1:" + port + "/");
        Client there = new Client(laptop.url())) {
      String id = client.configure(configuration);
      assertThat(there.configure(configuration)).isEqualTo(id);
      for (String name : names) {
        String path = "/image/" + id + "/v1.9.5/" + name;
        Answer here = client.download(path);
        assertThat(here.status()).as(here.toString()).isEqualTo(200);
        assertThat(Hash.sha256(here.body()))
            .as(name)
            .isEqualTo(Hash.sha256(there.download(path).body()));
      }
    }
  }
}
