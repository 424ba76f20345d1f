package imageservice.formats.vhd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import imageservice.formats.testing.SampleDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("tool")
final class FixedVhdToolTest {
  private static final long TIME = 1_559_424_892;
  private static final UUID ID = new UUID(1, 2);

  @TempDir Path folder;

  @Test
  void qemuReadsTheSameDisk() throws IOException {
    Blob disk = SampleDisk.of(16);
    Path raw = Medium.write(disk, folder.resolve("raw"));
    Path vhd = Medium.write(FixedVhd.of(disk, ID, TIME), folder.resolve("vhd"));
    Judge qemu = Judge.named("qemu-img");
    assertThat(qemu.run("compare", "-F", "vpc", raw.toString(), vhd.toString()).output())
        .isEqualTo("Images are identical.\n");
    assertThat(qemu.run("info", "-f", "vpc", vhd.toString()).output())
        .contains("virtual size: 16 MiB (16777216 bytes)");
  }

  /// All but id, time and the checksum over them.
  @Test
  void qemuMakesTheSameFooter() throws IOException {
    Path raw = Medium.write(SampleDisk.empty(3), folder.resolve("raw"));
    Path theirs = folder.resolve("vhd");
    Judge.named("qemu-img")
        .run(
            "convert",
            "-O",
            "vpc",
            "-o",
            "subformat=fixed,force_size",
            raw.toString(),
            theirs.toString());
    byte[] file = Files.readAllBytes(theirs);
    byte[] footer = Arrays.copyOfRange(file, file.length - FixedVhd.FOOTER, file.length);
    byte[] ours = footer(SampleDisk.empty(3));
    assertThat(without(ours)).isEqualTo(without(footer));
  }

  @Test
  void theChecksumIsTheComplementOfTheSumOfAllOtherBytes() throws IOException {
    byte[] footer = footer(SampleDisk.empty(1));
    int checksum = ByteBuffer.wrap(footer).getInt(64);
    Arrays.fill(footer, 64, 68, (byte) 0);
    int sum = 0;
    for (byte each : footer) {
      sum += Byte.toUnsignedInt(each);
    }
    assertThat(checksum).isEqualTo(~sum);
  }

  @Test
  void refusesAnythingButWholeSectors() {
    assertThatThrownBy(() -> FixedVhd.of(Blob.of("x"), ID, TIME))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 bytes are no whole sectors");
  }

  private static byte[] footer(Blob disk) throws IOException {
    Blob vhd = FixedVhd.of(disk, ID, TIME);
    return Blob.slice(vhd, disk.length(), FixedVhd.FOOTER).bytes(FixedVhd.FOOTER);
  }

  private static byte[] without(byte[] footer) {
    byte[] rest = footer.clone();
    Arrays.fill(rest, 24, 28, (byte) 0); // time
    Arrays.fill(rest, 64, 84, (byte) 0); // checksum and id
    return rest;
  }
}
