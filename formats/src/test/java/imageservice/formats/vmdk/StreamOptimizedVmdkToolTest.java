package imageservice.formats.vmdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import imageservice.formats.testing.SampleDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("tool")
final class StreamOptimizedVmdkToolTest {
  private static final int ID = 0x1234_5678;

  @TempDir Path folder;

  private final Judge qemu = Judge.named("qemu-img");

  @ParameterizedTest
  @ValueSource(ints = {16, 2_247, 11_193})
  void qemuReadsTheSameDisk(int mib) throws IOException {
    judge(SampleDisk.of(mib));
  }

  @Test
  void qemuReadsADiskOfZerosAlone() throws IOException {
    judge(SampleDisk.empty(100));
  }

  @Test
  void itIsStreamOptimizedAndCompressed() throws IOException {
    Path image = Medium.write(vmdk(SampleDisk.of(16)), folder.resolve("vmdk"));
    assertThat(qemu.run("info", image.toString()).output())
        .contains(
            "virtual size: 16 MiB (16777216 bytes)",
            "create type: streamOptimized",
            "compressed: true",
            "cid: 305419896");
  }

  /// Whole grains of a blob are asked for together, so that whoever makes them can keep them.
  @Test
  void wholeGrainsOfABlobAreAskedForOnce() throws IOException {
    byte[] noise = new byte[10 * Grains.SIZE];
    new Random(1).nextBytes(noise);
    Blob blob = Blob.of(noise);
    Blob disk =
        Extents.builder().zeros(1000).add(blob).zerosTo(1 << 20).add(blob).zerosTo(2 << 20).build();
    List<String> asked = new ArrayList<>();
    Extents vmdk =
        StreamOptimizedVmdk.of(
            disk,
            ID,
            (content, offset, count) -> {
              asked.add(content.equals(blob) + " " + offset + " " + count);
              return Grains.deflate(content, offset, count);
            });
    assertThat(asked).containsExactly("true 64536 9", "true 0 10");
    assertThat(vmdk.extents()).isEqualTo(vmdk(disk).extents());
    judge(disk);
  }

  @Test
  void refusesAnythingButWholeMiB() {
    assertThatThrownBy(() -> vmdk(Blob.of("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 bytes are no whole MiB");
  }

  private static Extents vmdk(Blob disk) throws IOException {
    return StreamOptimizedVmdk.of(disk, ID, Grains::deflate);
  }

  private void judge(Blob disk) throws IOException {
    Path raw = Medium.write(disk, folder.resolve("raw"));
    Path image = Medium.write(vmdk(disk), folder.resolve("image"));
    assertThat(qemu.run("compare", "-F", "vmdk", raw.toString(), image.toString()).output())
        .isEqualTo("Images are identical.\n");
  }
}
