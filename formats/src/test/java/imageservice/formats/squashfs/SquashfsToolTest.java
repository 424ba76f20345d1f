package imageservice.formats.squashfs;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.SquashfsEntry.Attributes;
import imageservice.formats.testing.Judge;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("tool")
final class SquashfsToolTest {
  private static final long EPOCH = 1559424892L;
  private static final Attributes DIRECTORY = new Attributes(0755, EPOCH);
  private static final Attributes FILE = new Attributes(0644, EPOCH);

  /// The numbers are those of the reference service's own `0.sqsh` for Talos 1.9.5.
  @Test
  void unsquashfsFindsTheKnownFactsOfASmallExtension(@TempDir Path folder) throws IOException {
    String id = "c12f3cd00f84a12032326fbecdf4ab41233f5242ceaff6eafcaf80a27f62db7e";
    List<SquashfsEntry> entries = new ArrayList<>();
    for (String path :
        List.of("", "usr", "usr/local", "usr/local/share", "usr/local/share/schematic")) {
      entries.add(new SquashfsEntry.Directory(path, DIRECTORY));
    }
    entries.add(new SquashfsEntry.File("usr/local/share/schematic/" + id, FILE, Blob.of("")));
    Path image = write(folder, entries, SquashfsCompression.ZSTD);
    assertThat(Files.size(image)).isEqualTo(4096);
    Judge unsquashfs = Judge.named("unsquashfs");
    assertThat(unsquashfs.run("-s", image.toString()).accepted().output())
        .contains(
            "Creation or last append time Sat Jun  1 21:34:52 2019",
            "Compression zstd\n\tcompression-level 18",
            "Block size 131072",
            "Filesystem is exportable via NFS",
            "Duplicates are removed",
            "Number of fragments 0",
            "Number of inodes 6",
            "Number of ids 1",
            "Number of xattr ids 0");
    assertThat(unsquashfs.run("-lln", image.toString()).accepted().output())
        .contains(
            "drwxr-xr-x 0/0                      26 2019-06-01 21:34 squashfs-root\n",
            " 28 2019-06-01 21:34 squashfs-root/usr\n",
            " 28 2019-06-01 21:34 squashfs-root/usr/local\n",
            " 32 2019-06-01 21:34 squashfs-root/usr/local/share\n",
            " 87 2019-06-01 21:34 squashfs-root/usr/local/share/schematic\n",
            "-rw-r--r-- 0/0                       0 2019-06-01 21:34 squashfs-root/usr");
  }

  @ParameterizedTest
  @EnumSource
  void unsquashfsExtractsRandomTrees(SquashfsCompression compression, @TempDir Path folder)
      throws IOException {
    long seed = 20190601L;
    for (int round = 0; round < 6; round++) {
      System.out.printf("squashfs: seed %d, round %d%n", seed, round);
      Random random = new Random(seed + round);
      List<SquashfsEntry> entries = new RandomTree(random).entries(1 + random.nextInt(120));
      Path tree = Files.createDirectory(folder.resolve("round" + round));
      assertExtracts(tree, write(tree, entries, compression), entries);
    }
  }

  @ParameterizedTest
  @EnumSource
  void mksquashfsAgreesAboutTheTree(SquashfsCompression compression, @TempDir Path folder)
      throws IOException {
    List<SquashfsEntry> entries = new RandomTree(new Random(77)).entries(150);
    Path image = write(folder, entries, compression);
    Judge unsquashfs = Judge.named("unsquashfs");
    Path tree = folder.resolve("tree");
    unsquashfs.run("-q", "-n", "-d", tree.toString(), image.toString()).accepted();
    Path other = folder.resolve("other");
    List<String> arguments =
        new ArrayList<>(List.of(tree.toString(), other.toString(), "-all-root", "-noappend"));
    arguments.addAll(
        switch (compression) {
          case ZSTD -> List.of("-comp", "zstd", "-Xcompression-level", "18");
          case XZ -> List.of("-comp", "xz", "-Xdict-size", "100%");
        });
    // SOURCE_DATE_EPOCH would also cut the times of files.
    arguments.addAll(List.of("-mkfs-time", "" + EPOCH));
    Judge.named("mksquashfs").run(folder, Map.of(), arguments).accepted();
    assertThat(statistics(unsquashfs, image)).isEqualTo(statistics(unsquashfs, other));
    assertThat(unsquashfs.run("-lln", image.toString()).accepted().output())
        .isEqualTo(unsquashfs.run("-lln", other.toString()).accepted().output());
    assertThat(flags(image)).isEqualTo(flags(other));
  }

  @Test
  void unsquashfsExtractsDirectoriesOfManyEntries(@TempDir Path folder) throws IOException {
    List<SquashfsEntry> entries = new ArrayList<>();
    entries.add(new SquashfsEntry.Directory("", DIRECTORY));
    for (int count : new int[] {255, 256, 257, 513, 3000}) {
      String directory = "d" + count;
      entries.add(new SquashfsEntry.Directory(directory, DIRECTORY));
      for (int i = 0; i < count; i++) {
        String name = "%s/%05d%s".formatted(directory, i, "-of-many".repeat(4));
        entries.add(
            i % 3 == 0
                ? new SquashfsEntry.File(name, FILE, Blob.of("" + i % 7))
                : new SquashfsEntry.Symlink(name, new Attributes(0777, EPOCH), "t" + i));
      }
    }
    assertExtracts(folder, write(folder, entries, SquashfsCompression.ZSTD), entries);
  }

  @Test
  void unsquashfsFindsTheLabels(@TempDir Path folder) throws IOException {
    Attributes first = new Attributes(0400, EPOCH, "system_u:object_r:system_state_t:s0");
    Attributes second = new Attributes(0755, EPOCH, "system_u:object_r:other_t:s0");
    List<SquashfsEntry> entries =
        List.of(
            new SquashfsEntry.Directory("", DIRECTORY),
            new SquashfsEntry.Directory("d", second),
            new SquashfsEntry.File("d/a", first, Blob.of("a")),
            new SquashfsEntry.File("d/b", first, Blob.of("b")),
            new SquashfsEntry.File("d/c", FILE, Blob.of("c")),
            new SquashfsEntry.Symlink("d/l", second, "a"));
    Path image = write(folder, entries, SquashfsCompression.ZSTD);
    Judge unsquashfs = Judge.named("unsquashfs");
    assertThat(unsquashfs.run("-s", image.toString()).accepted().output())
        .contains("Number of xattr ids 2", "Number of inodes 6");
    Path tree = folder.resolve("tree");
    // Only root may give files labels: elsewhere that is an error unsquashfs names, file by file.
    Judge.Verdict verdict = unsquashfs.run("-q", "-n", "-d", tree.toString(), image.toString());
    if (verdict.status() == 0) {
      String program =
          """
          import os, sys
          for name in ('d', 'd/a', 'd/b', 'd/l'):
              print(name, os.getxattr(os.path.join(sys.argv[1], name), 'security.selinux', follow_symlinks=False).decode())
          """;
      assertThat(Judge.named("python3").run("-c", program, tree.toString()).accepted().output())
          .isEqualTo(
              """
              d system_u:object_r:other_t:s0
              d/a system_u:object_r:system_state_t:s0
              d/b system_u:object_r:system_state_t:s0
              d/l system_u:object_r:other_t:s0
              """);
    } else {
      assertThat(verdict.errors()).contains("security.selinux");
    }
  }

  private static void assertExtracts(Path folder, Path image, List<SquashfsEntry> entries)
      throws IOException {
    Path tree = folder.resolve("tree");
    Judge.named("unsquashfs").run("-q", "-n", "-d", tree.toString(), image.toString()).accepted();
    try (Stream<Path> found = Files.walk(tree)) {
      assertThat(found.count()).isEqualTo(entries.size());
    }
    for (SquashfsEntry entry : entries) {
      Path path = tree.resolve(entry.path());
      int type =
          switch (entry) {
            case SquashfsEntry.Directory ignored -> 0040000;
            case SquashfsEntry.File file -> {
              assertThat(Files.readAllBytes(path)).isEqualTo(file.content().bytes(1 << 20));
              yield 0100000;
            }
            case SquashfsEntry.Symlink link -> {
              assertThat(Files.readSymbolicLink(path)).hasToString(link.target());
              yield 0120000;
            }
          };
      Map<String, Object> read =
          new TreeMap<>(
              Files.readAttributes(path, "unix:mode,lastModifiedTime", LinkOption.NOFOLLOW_LINKS));
      assertThat(read.get("mode"))
          .as(entry.path())
          .isEqualTo(type | entry.attributes().permissions());
      assertThat(read.get("lastModifiedTime"))
          .as(entry.path())
          .isEqualTo(
              java.nio.file.attribute.FileTime.from(
                  java.time.Instant.ofEpochSecond(entry.attributes().mtime())));
    }
  }

  /// What `-s` says but for sizes, which depend on the compressors' versions.
  private static List<String> statistics(Judge unsquashfs, Path image) {
    return unsquashfs
        .run("-s", image.toString())
        .accepted()
        .output()
        .lines()
        .skip(1)
        .filter(line -> !line.startsWith("Filesystem size"))
        .toList();
  }

  private static String flags(Path image) throws IOException {
    byte[] superblock = Files.readAllBytes(image);
    return "%02x%02x".formatted(superblock[25], superblock[24]);
  }

  private static Path write(
      Path folder, List<SquashfsEntry> entries, SquashfsCompression compression)
      throws IOException {
    Path file = folder.resolve("image");
    try (FileScratch scratch = new FileScratch(folder.resolve("scratch"));
        OutputStream out = Files.newOutputStream(file)) {
      SquashfsImage.of(entries, compression, EPOCH, scratch).writeTo(out);
    }
    return file;
  }
}
