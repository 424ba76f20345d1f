package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.extension.ExtensionFixture;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.FileBlob;
import imageservice.formats.squashfs.reader.SquashfsMember;
import imageservice.formats.squashfs.reader.SquashfsReader;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import imageservice.plan.AddOnCompression;
import imageservice.plan.BuildPlan;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the reference appends to a release's initramfs, and what we do, as cpio and unsquashfs see
/// it. Times are the reference's "now" and our epoch; compressed sizes are each one's own, and
/// frames of ours have no checksum.
@Tag("tool")
final class InitramfsToolTest extends ExtensionFixture {
  private static final int LARGEST = 1 << 20;

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
    "v1.13.2, args, arm64",
    "v1.5.5, hello, amd64",
    "v1.5.5, all, amd64",
    "v1.7.6, hello, amd64",
    "v1.7.6, all, amd64",
    "v1.9.5, hello, amd64",
    "v1.9.5, ten, amd64",
    "v1.9.5, all, amd64",
    "v1.11.0, hello, amd64",
    "v1.11.0, all, amd64",
    "v1.13.2, hello, amd64",
    "v1.13.2, embedded, amd64",
    "v1.13.2, all, amd64"
  })
  void equalsTheReference(String version, String configuration, String architecture)
      throws IOException {
    BuildPlan.Initramfs plan =
        (BuildPlan.Initramfs) Plans.of(version, configuration, "initramfs-" + architecture + ".xz");
    Golden golden =
        Golden.of(version + "/" + configuration + "/initramfs-" + architecture + ".txt");
    MiniExtensions mini = new MiniExtensions(cache, plan.content());
    Blob base = mini.file(plan.content().base());
    Blob whole = InitramfsAssembler.assemble(plan.content(), mini.material(), mini.tools());
    long start = checkMicrocode(golden, whole);
    assertThat(Blob.slice(whole, start, base.length()).bytes(LARGEST))
        .isEqualTo(base.bytes(LARGEST));

    long end = start + base.length();
    checkFrame(plan.content().compression(), Blob.slice(whole, end, whole.length() - end), golden);
    List<String> names = checkMembers(golden.part(golden.parts() - 1), "archive");
    assertThat(Files.readString(folder.resolve("extensions.yaml")))
        .isEqualTo(golden.textOf("## extensions.yaml"));
    for (String name : names) {
      if (name.endsWith(".sqsh")) {
        checkImage(golden, name);
      }
    }
  }

  /// The archive in front, whose length is returned.
  private long checkMicrocode(Golden golden, Blob whole) throws IOException {
    if (golden.parts() == 2) {
      return 0;
    }
    assertThat(golden.startingWith("part: bytes 0..5120 uncompressed newc cpio")).hasSize(1);
    Medium.write(Blob.slice(whole, 0, 5120), folder.resolve("microcode"));
    checkMembers(golden.part(0), "microcode");
    return 5120;
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

  /// Unpacks the archive and returns its members' names.
  private List<String> checkMembers(Golden part, String archive) throws IOException {
    List<String[]> members =
        part.after("    ino mode", "##").stream()
            .filter(line -> !line.endsWith("TRAILER!!!"))
            .map(line -> line.strip().split("\\s+"))
            .toList();
    assertThat(members).isNotEmpty();
    Judge cpio = Judge.named("cpio");
    String file = folder.resolve(archive).toString();
    String listing = cpio.run("-itvn", "-F", file).accepted().output();
    List<String> ours =
        listing
            .lines()
            .map(line -> line.split("\\s+"))
            .peek(f -> assertThat(String.join(" ", f[5], f[6], f[7])).isEqualTo("Jun 1 2019"))
            .map(f -> member(mode(f[0]), f[1], f[2], f[3], f[4], f[8]))
            .toList();
    assertThat(ours)
        .isEqualTo(members.stream().map(f -> member(f[1], f[2], f[3], f[4], f[5], f[7])).toList());
    cpio.runIn(folder, "-id", "--quiet", "-F", file).accepted();
    for (String[] member : members) {
      if (member.length > 8) {
        assertThat("sha256=" + Digest.of(Files.readAllBytes(folder.resolve(member[7]))).hex())
            .isEqualTo(member[8]);
      }
    }
    return members.stream().map(f -> f[7]).toList();
  }

  /// Sizes of what the kernel module is in are ours alone.
  private static String member(
      String mode, String links, String uid, String gid, String size, String name) {
    boolean alone =
        name.equals("modules.dep.sqsh") || (name.equals("1.sqsh") && !size.equals("4096"));
    return String.join(" ", mode, links, uid, gid, alone ? "-" : size, name);
  }

  private static String mode(String letters) {
    return switch (letters) {
      case "-rw-r--r--" -> "100644";
      case "drwxr-xr-x" -> "040755";
      default -> letters;
    };
  }

  private void checkImage(Golden golden, String name) throws IOException {
    byte[] image = Files.readAllBytes(folder.resolve(name));
    String heading = "### %s:".formatted(name);
    List<String> facts = golden.after(heading, "drwx");
    boolean alone =
        golden.after(heading, "###").stream().anyMatch(line -> line.contains("/modules/"));
    if (!alone) {
      assertThat(superblock(image)).isEqualTo(facts.getFirst().replaceAll(" bytes_used=\\d+", ""));
    }
    if (facts.size() > 1) {
      assertThat("compressor options: " + HexFormat.ofDelimiter(" ").formatHex(image, 96, 104))
          .startsWith(facts.get(1));
    }
    String listing =
        Judge.named("unsquashfs").run("-lln", folder.resolve(name).toString()).accepted().output();
    assertThat(
            listing
                .lines()
                .filter(line -> line.contains("squashfs-root"))
                .map(line -> sized(line, alone)))
        .containsExactlyElementsOf(
            golden.after(heading, "###").stream()
                .filter(line -> line.contains("squashfs-root"))
                .map(line -> sized(line, alone))
                .toList());
    checkLabels(golden.after(heading, "###"), name);
  }

  private static String sized(String line, boolean alone) {
    return alone && line.startsWith("-") ? line.replaceFirst(" +\\d+ ", " - ") : line;
  }

  /// Labels as unsquashfs gives them to files, and texts as it unpacks them.
  private void checkLabels(List<String> facts, String name) throws IOException {
    SquashfsReader reader = SquashfsReader.open(new FileBlob(folder.resolve(name)));
    for (String fact : facts) {
      if (fact.startsWith("xattr ")) {
        String[] words = fact.split("[ :]+", 5);
        SquashfsMember member = reader.find(words[1]).orElseThrow();
        String label = words[4].replaceAll("b'(.*)'", "$1");
        assertThat(reader.xattrs(member)).isEqualTo(Map.of("security.selinux", Blob.of(label)));
      } else if (fact.startsWith("file ") && !fact.contains("/modules/")) {
        String path = fact.substring("file ".length(), fact.indexOf(':'));
        SquashfsMember.File file = (SquashfsMember.File) reader.find(path).orElseThrow();
        assertThat(fact).endsWith("sha256=" + Digest.of(file.content().bytes(LARGEST)).hex());
      }
    }
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
