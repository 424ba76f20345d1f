package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A machine that boots from the deployed stack by plain HTTP: the script out of a function, kernel
/// and initramfs by signed links out of the bucket. It sees this machine's own loopback addresses,
/// so that every address is the one that the stack gives.
@Tag("deployed")
@Tag("boot")
@ExtendWith(ServiceUnderTest.Shared.class)
final class PxeDeployedBootTest {
  private static final String VERSION = "v1.13.2";

  private final DeployedShape shape;

  PxeDeployedBootTest(Shape shape) {
    this.shape = (DeployedShape) shape;
  }

  @Test
  void aColdConfigurationBootsFromTheDeployedStack() throws Exception {
    BootMaterial material = BootMaterial.prepare(List.of(VERSION));
    Machine machine = material.machine(Files.createTempDirectory("image-service-boot"));
    try (DeployedService service = shape.start(machine, material.releases(), Map.of());
        Client client = service.client()) {
      String id = client.configure("customization: {extraKernelArgs: [deployed=yes]}");
      String script = service.url() + "pxe/" + id + "/" + VERSION + "/metal-x86_64";
      assertThat(BootMaterial.boot("--net", script))
          .contains("MINI-TALOS-BOOT-OK", "extension: schematic " + id)
          .contains("MINI-TALOS version: " + VERSION)
          .containsPattern("MINI-TALOS cmdline: .* deployed=yes");
    }
  }
}
