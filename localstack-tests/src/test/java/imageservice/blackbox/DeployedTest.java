package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
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
    "metal-arm64.iso",
    "metal-amd64.raw.zst",
    "metal-arm64.raw.tar.gz",
    "metal-amd64.qcow2",
    "metal-amd64.ova",
    "metal-arm64.vhd.xz"
  };

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
      for (String name : NAMES) {
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
