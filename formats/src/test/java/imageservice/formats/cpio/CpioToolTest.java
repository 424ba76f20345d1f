package imageservice.formats.cpio;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.testing.Judge;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("tool")
final class CpioToolTest {
  private static final long EPOCH = 1559424892L;

  @Test
  void cpioListsTheArchive(@TempDir Path folder) throws IOException {
    Path archive = write(folder, example());
    String listing =
        Judge.named("cpio")
            .runIn(folder, "--quiet", "-itv", "-F", archive.toString())
            .accepted()
            .output();
    assertThat(listing.lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "-rw-r--r-- 1 root root 4 Jun 1 2019 0.sqsh",
            "-rw-r--r-- 1 root root 0 Jun 1 2019 extensions.yaml",
            "drwxr-xr-x 3 root root 0 Jun 1 2019 usr",
            "drwxr-xr-x 2 root root 0 Jun 1 2019 usr/lib",
            "lrwxrwxrwx 1 root root 8 Jun 1 2019 usr/lib/ld.so -> ../a b/c",
            "-rwsr-x--- 1 root root 5 Jun 1 2019 usr/lib/mount",
            "-r-------- 1 root root 1 Jun 1 2019 usr-x");
  }

  @Test
  void cpioMakesTheSameBytesOfTheTreeItExtracts(@TempDir Path folder) throws IOException {
    assertSameAsCpio(folder, example());
  }

  @Test
  void cpioMakesTheSameBytesOfRandomTrees(@TempDir Path folder) throws IOException {
    long seed = 20190601L;
    Random random = new Random(seed);
    for (int round = 0; round < 25; round++) {
      System.out.printf("cpio: seed %d, round %d%n", seed, round);
      assertSameAsCpio(Files.createDirectory(folder.resolve("r" + round)), randomTree(random));
    }
  }

  private static void assertSameAsCpio(Path folder, List<CpioEntry> entries) throws IOException {
    Path archive = write(folder, entries);
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Judge cpio = Judge.named("cpio");
    cpio.runIn(tree, "--quiet", "-idm", "-F", archive.toString()).accepted();
    for (CpioEntry entry : entries.reversed()) {
      check(tree, entry);
    }
    touch(tree, entries);
    String names = String.join("\n", walk(cpio, folder, archive));
    Files.writeString(folder.resolve("names"), names);
    // cpio takes the names from its standard input, which a judge has none of.
    Judge.named("sh")
        .run(
            tree,
            Map.of(),
            List.of(
                "-c", "cpio --quiet -H newc --reproducible -R +0:+0 -o <../names >../cpio.archive"))
        .accepted();
    assertThat(Files.readAllBytes(archive))
        .isEqualTo(Files.readAllBytes(folder.resolve("cpio.archive")));
  }

  private static List<String> walk(Judge cpio, Path folder, Path archive) {
    return cpio.runIn(folder, "--quiet", "-it", "-F", archive.toString())
        .accepted()
        .output()
        .lines()
        .toList();
  }

  /// cpio gives symbolic links, and directories it fills later, the time of the extraction.
  private static void touch(Path tree, List<CpioEntry> entries) {
    List<String> arguments = new ArrayList<>(List.of("-h", "-d", "@" + EPOCH));
    entries.forEach(entry -> arguments.add(entry.name()));
    Judge.named("touch").run(tree, Map.of(), arguments).accepted();
  }

  private static void check(Path tree, CpioEntry entry) throws IOException {
    Path path = tree.resolve(entry.name());
    switch (entry) {
      case CpioEntry.Directory ignored -> assertThat(path).isDirectory();
      case CpioEntry.File file -> {
        assertThat(Files.readAllBytes(path)).isEqualTo(file.content().bytes(1 << 20));
        assertThat(Files.getLastModifiedTime(path).toInstant())
            .isEqualTo(Instant.ofEpochSecond(EPOCH));
      }
      case CpioEntry.Symlink link ->
          assertThat(Files.readSymbolicLink(path)).hasToString(link.target());
    }
    if (!(entry instanceof CpioEntry.Symlink)) {
      assertThat((int) Files.getAttribute(path, "unix:mode") & 07777)
          .isEqualTo(entry.permissions());
    }
  }

  private static Path write(Path folder, List<CpioEntry> entries) throws IOException {
    Path archive = folder.resolve("archive");
    try (OutputStream out = Files.newOutputStream(archive)) {
      CpioArchive.of(entries).writeTo(out);
    }
    return archive;
  }

  private static List<CpioEntry> example() {
    return List.of(
        new CpioEntry.Directory("usr", 0755, EPOCH),
        new CpioEntry.Directory("usr/lib", 0755, EPOCH),
        new CpioEntry.File("usr-x", 0400, EPOCH, Blob.of("x")),
        new CpioEntry.File("usr/lib/mount", 04750, EPOCH, Blob.of("12345")),
        new CpioEntry.Symlink("usr/lib/ld.so", EPOCH, "../a b/c"),
        new CpioEntry.File("extensions.yaml", 0644, EPOCH, Blob.of("")),
        new CpioEntry.File("0.sqsh", 0644, EPOCH, Blob.of("hsqs")));
  }

  private static List<CpioEntry> randomTree(Random random) {
    List<String> directories = new ArrayList<>(List.of(""));
    List<CpioEntry> entries = new ArrayList<>();
    for (int i = random.nextInt(40); i >= 0; i--) {
      String parent = directories.get(random.nextInt(directories.size()));
      String name = parent + i + "x".repeat(random.nextInt(60));
      switch (random.nextInt(4)) {
        case 0 -> {
          entries.add(new CpioEntry.Directory(name, 0700 | random.nextInt(0100), EPOCH));
          directories.add(name + "/");
        }
        case 1 ->
            entries.add(new CpioEntry.Symlink(name, EPOCH, "t".repeat(1 + random.nextInt(99))));
        default -> {
          byte[] content = new byte[random.nextInt(3000)];
          random.nextBytes(content);
          entries.add(
              new CpioEntry.File(name, 0400 | random.nextInt(0400), EPOCH, Blob.of(content)));
        }
      }
    }
    return entries;
  }
}
