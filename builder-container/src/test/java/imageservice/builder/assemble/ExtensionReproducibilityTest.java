package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.extension.ExtensionFixture;
import imageservice.plan.BuildPlan;
import imageservice.release.Digest;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The bytes of initramfs images with extensions, firmware, microcode and modules, pinned beside
/// the revision of their recipe. They depend on the compressors' versions, too: a new one that
/// packs otherwise raises the number of `LayerImage`.
final class ExtensionReproducibilityTest extends ExtensionFixture {
  private static final int LARGEST = 16 << 20;

  @ParameterizedTest
  @CsvSource({
    "v1.7.6, all, initramfs/2, 8157aa9ac7668178546aeaf65cc56f89c297442a68e5fd62566f4ad989269048",
    "v1.9.5, all, initramfs/2, ca2e4116d4878fe7d6beb1033363ff1b9d95dc791be38e2f7bc0cd8ae0563e95",
    "v1.13.2, all, initramfs/2, 7d86745bca825b37f9ab50af5f86d1dcc2e87cb3e6da9d836d9356a41847c07a",
    "v1.13.2, embedded, initramfs/2, b1da157f13d19060e84033451c665f7eed1ea86f8d8933b0e994c3764e0b16f0"
  })
  void bytesChangeOnlyWithTheRecipe(
      String version, String configuration, String recipe, String sha256) throws IOException {
    BuildPlan plan = Plans.of(version, configuration, "initramfs-amd64.xz");
    assertThat(plan.recipe() + " " + Digest.of(assembled(plan)).hex())
        .as("initramfs of %s, %s", version, configuration)
        .isEqualTo(recipe + " " + sha256);
  }

  @Test
  void theCacheChangesNoByte() throws IOException {
    BuildPlan plan = Plans.of("v1.13.2", "all", "initramfs-amd64.xz");
    assertThat(assembled(plan)).isEqualTo(assembled(plan));
  }

  private byte[] assembled(BuildPlan plan) throws IOException {
    BuildPlan.Initramfs initramfs = (BuildPlan.Initramfs) plan;
    MiniExtensions mini = new MiniExtensions(cache, initramfs.content());
    return InitramfsAssembler.assemble(initramfs.content(), mini.material(), mini.tools())
        .bytes(LARGEST);
  }
}
