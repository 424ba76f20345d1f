package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import imageservice.plan.AddOnCompression;
import imageservice.plan.BuildPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the reference appends to a release's initramfs, and what we do, as cpio and unsquashfs see
/// it. Times are the reference's "now" and our epoch; compressed sizes are each one's own, and
/// frames of ours have no checksum.
@Tag("tool")
final class InitramfsToolTest {
  private static final int LARGEST = 1 << 20;

  @TempDir Path folder = Path.of("unset");

  @ParameterizedTest
  @CsvSource({
    "v1.5.5, empty, amd64",
    "v1.5.5, args, amd64",
    "v1.5.5, empty, arm64",
    "v1.7.6, empty, amd64",
    "v1.7.6, args, arm64",
    "v1.9.5, empty, amd64",
    "v1.9.5, args, amd64",
    "v1.9.5, args, arm64",
    "v1.11.0, empty, amd64",
    "v1.11.0, args, amd64",
    "v1.13.2, empty, amd64",
    "v1.13.2, args, amd64",
    "v1.13.2, args, arm64"
  })
  void equalsTheReference(String version, String configuration, String architecture)
      throws IOException {
    BuildPlan.Initramfs plan =
        (BuildPlan.Initramfs) Plans.of(version, configuration, "initramfs-" + architecture + ".xz");
    Golden golden =
        Golden.of(version + "/" + configuration + "/initramfs-" + architecture + ".txt");
    Blob base = Plans.inputs().file(plan.content().base());
    Blob whole = InitramfsAssembler.assemble(plan.content(), Plans.inputs());
    assertThat(Blob.slice(whole, 0, base.length()).bytes(LARGEST)).isEqualTo(base.bytes(LARGEST));

    Blob added = Blob.slice(whole, base.length(), whole.length() - base.length());
    checkFrame(plan.content().compression(), added, golden);
    checkMembers(golden);
    assertThat(Files.readString(folder.resolve("extensions.yaml")))
        .isEqualTo(golden.textOf("## extensions.yaml"));
    checkImage(golden);
  }

  /// Unpacks the one frame or stream to `archive`.
  private void checkFrame(AddOnCompression compression, Blob added, Golden golden)
      throws IOException {
    Path packed = Medium.write(added, folder.resolve("added"));
    byte[] plain =
        switch (compression) {
          case ZSTD -> {
            Judge zstd = Judge.named("zstd");
            String facts = zstd.run("-lv", packed.toString()).accepted().output();
            assertThat(golden.startingWith("    zstd: # Zstandard Frames: 1")).hasSize(1);
            assertThat(facts).contains("# Zstandard Frames: 1\n", "DictID: 0\n");
            assertThat(golden.startingWith("    zstd: Window Size: 8.00 MiB (8388608 B)"))
                .hasSize(1);
            assertThat(facts).contains("Window Size: 8.00 MiB (8388608 B)\n");
            yield zstd.run("-dc", packed.toString()).accepted().bytes();
          }
          case XZ -> {
            Judge xz = Judge.named("xz");
            String facts = xz.run("--robot", "-lvv", packed.toString()).accepted().output();
            assertThat(golden.startingWith("    xz: streams=1 ")).hasSize(1);
            assertThat(facts).containsPattern("\nfile\t1\t\\d+\t\\d+\t\\d+\t[0-9.]+\tCRC32\t0\n");
            yield xz.run("-dc", packed.toString()).accepted().bytes();
          }
        };
    assertThat(plain.length % 512).isZero();
    Files.write(folder.resolve("archive"), plain);
  }

  private void checkMembers(Golden golden) {
    List<String> members =
        golden.after("    ino mode", "##").stream()
            .filter(line -> !line.endsWith("TRAILER!!!"))
            .map(line -> line.strip().split("\\s+"))
            .map(f -> "%s %s %s %s %s %s".formatted(f[1], f[2], f[3], f[4], f[5], f[7]))
            .toList();
    assertThat(members).isNotEmpty();
    Judge cpio = Judge.named("cpio");
    String listing = cpio.run("-itvn", "-F", archive()).accepted().output();
    List<String> ours =
        listing
            .lines()
            .map(line -> line.split("\\s+"))
            .peek(f -> assertThat(String.join(" ", f[5], f[6], f[7])).isEqualTo("Jun 1 2019"))
            .map(f -> "%s %s %s %s %s %s".formatted(mode(f[0]), f[1], f[2], f[3], f[4], f[8]))
            .toList();
    assertThat(ours).isEqualTo(members);
    cpio.runIn(folder, "-id", "--quiet", "-F", archive()).accepted();
  }

  private String archive() {
    return folder.resolve("archive").toString();
  }

  private static String mode(String letters) {
    assertThat(letters).isEqualTo("-rw-r--r--");
    return "100644";
  }

  private void checkImage(Golden golden) throws IOException {
    byte[] image = Files.readAllBytes(folder.resolve("0.sqsh"));
    List<String> facts = golden.after("### 0.sqsh", "drwx");
    assertThat(superblock(image)).isEqualTo(facts.getFirst().replaceAll(" bytes_used=\\d+", ""));
    if (facts.size() > 1) {
      assertThat("compressor options: " + HexFormat.ofDelimiter(" ").formatHex(image, 96, 104))
          .startsWith(facts.get(1));
    }
    String listing =
        Judge.named("unsquashfs")
            .run("-lln", folder.resolve("0.sqsh").toString())
            .accepted()
            .output();
    assertThat(listing.lines().filter(line -> line.contains("squashfs-root")))
        .containsExactlyElementsOf(
            golden.after("### 0.sqsh", "###").stream()
                .filter(line -> line.contains("squashfs-root"))
                .toList());
  }

  /// The superblock in the words of the golden facts, by squashfs 4.0's table.
  private static String superblock(byte[] image) {
    ByteBuffer block = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(new String(image, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("hsqs");
    assertThat(block.getInt(8)).isEqualTo(1559424892);
    return ("inodes=%d mkfs_time=%d (SOURCE_DATE_EPOCH) block_size=%d fragments=%d compression=%s"
            + " block_log=%d flags=0x%04x ids=%d version=%d.%d padded_to=%d xattr_table=%s"
            + " export_table=%s")
        .formatted(
            block.getInt(4),
            block.getInt(8),
            block.getInt(12),
            block.getInt(16),
            block.getShort(20) == 6 ? "zstd" : "xz",
            block.getShort(22),
            block.getShort(24),
            block.getShort(26),
            block.getShort(28),
            block.getShort(30),
            image.length,
            block.getLong(56) == -1 ? "none" : "present",
            block.getLong(88) == -1 ? "none" : "present");
  }
}
