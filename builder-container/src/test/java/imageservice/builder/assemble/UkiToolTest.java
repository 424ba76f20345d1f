package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.material.Material;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import imageservice.plan.BuildPlan;
import imageservice.plan.UkiContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("tool")
final class UkiToolTest {
  private static final int LARGEST = 16 << 20;

  @TempDir Path folder = Path.of("unset");

  @Test
  void objcopyFindsWhatWasPutIn() throws IOException {
    BuildPlan plan = Plans.of("v1.11.0", "args", "metal-amd64-uki.efi");
    UkiContent content = plan.uki().orElseThrow();
    Material material = Plans.material(plan);
    Path uki =
        Medium.write(
            UkiAssembler.assemble(content, material, Plans.TOOLS).asset(),
            folder.resolve("uki.efi"));
    assertThat(dumped(uki, ".linux")).isEqualTo(material.file(content.kernel()).bytes(LARGEST));
    assertThat(dumped(uki, ".initrd"))
        .isEqualTo(
            InitramfsAssembler.assemble(content.initramfs(), material, Plans.TOOLS).bytes(LARGEST));
    assertThat(dumped(uki, ".cmdline"))
        .asString()
        .isEqualTo(material.commandLine(content.commandLine()));
    assertThat(dumped(uki, ".profile")).asString().isEqualTo("ID=main");
    assertThat(dumped(uki, ".splash")).isEqualTo(Splash.bitmap());
  }

  @Test
  void llvmReadsTheImageForArm64() throws IOException {
    BuildPlan.Uki plan = (BuildPlan.Uki) Plans.of("v1.11.0", "args", "metal-arm64-uki.efi");
    Path uki =
        Medium.write(
            UkiAssembler.assemble(plan.content(), Plans.material(plan), Plans.TOOLS).asset(),
            folder.resolve("uki.efi"));
    assertThat(
            Judge.named("llvm-readobj")
                .run("--file-headers", "--sections", uki.toString())
                .accepted()
                .output())
        .contains("Format: COFF-ARM64", "Name: .initrd", "SectionCount: 9");
  }

  private byte[] dumped(Path uki, String section) throws IOException {
    Path to = folder.resolve("dump" + section);
    Judge.named("objcopy")
        .run(
            "--dump-section", section + "=" + to, uki.toString(), folder.resolve("copy").toString())
        .accepted();
    return Files.readAllBytes(to);
  }
}
