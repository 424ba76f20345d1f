package imageservice.formats.qcow2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import imageservice.formats.testing.SampleDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("tool")
final class Qcow2ToolTest {
  @TempDir Path folder;

  private final Judge qemu = Judge.named("qemu-img");

  @ParameterizedTest
  @ValueSource(ints = {16, 2_247, 11_193})
  void qemuReadsTheSameDisk(int mib) throws IOException {
    judge(SampleDisk.of(mib));
  }

  @Test
  void qemuReadsADiskOfZerosAlone() throws IOException {
    Blob disk = SampleDisk.empty(100);
    judge(disk);
    assertThat(Qcow2Image.of(disk).length()).isEqualTo(4 * Qcow2Image.CLUSTER);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void qemuReadsDisksOfAnySize(int seed) throws IOException {
    Random random = new Random(seed);
    Extents.Builder disk = Extents.builder();
    for (int i = 0; i < 20; i++) {
      byte[] bytes = new byte[512 * (1 + random.nextInt(40))];
      random.nextBytes(bytes);
      disk.zeros(512L * (1 + random.nextInt(1 << random.nextInt(16)))).add(bytes);
    }
    judge(disk.build());
  }

  /// Reference counts of more than one block, which counts 4,096 clusters.
  @Test
  void qemuCountsTheClustersOfMuchData() throws IOException {
    byte[] noise = new byte[70 << 20];
    new Random(1).nextBytes(noise);
    judge(Extents.builder().zeros(1 << 20).add(Blob.of(noise)).build());
  }

  @Test
  void refusesAnythingButWholeSectors() {
    assertThatThrownBy(() -> Qcow2Image.of(Blob.of("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 bytes are no whole sectors");
  }

  private void judge(Blob disk) throws IOException {
    Path raw = Medium.write(disk, folder.resolve("raw"));
    Path image = Medium.write(Qcow2Image.of(disk), folder.resolve("qcow2"));
    Judge.Verdict check = qemu.run("check", "-f", "qcow2", image.toString());
    assertThat(check.output()).as(check.errors()).startsWith("No errors were found on the image.");
    assertThat(check.output()).contains("Image end offset: " + image.toFile().length());
    assertThat(qemu.run("compare", "-F", "qcow2", raw.toString(), image.toString()).output())
        .isEqualTo("Images are identical.\n");
  }
}
