package imageservice.formats.squashfs.reader;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.FileBlob;
import imageservice.formats.testing.Judge;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images of mksquashfs, read as unsquashfs lists and extracts them.
@Tag("tool")
final class SquashfsReaderToolTest {
  private static final List<String> OPTIONS =
      List.of(
          "-comp xz",
          "-comp zstd",
          "-comp gzip",
          "-comp xz -b 4096 -Xbcj x86",
          "-comp zstd -b 1M -always-use-fragments",
          "-comp zstd -b 8192 -no-fragments -no-exports",
          "-comp zstd -b 64K -noI -noD -noF -noX",
          "-comp gzip -b 4096 -noId -noF -no-duplicates",
          "-comp xz -b 1M -Xdict-size 512K -no-sparse -tailends",
          "-comp zstd -all-root -no-tailends -noD");

  @Test
  void readsWhatMksquashfsWrote(@TempDir Path folder) throws IOException {
    Path tree = tree(folder.resolve("tree"));
    Judge mksquashfs = Judge.named("mksquashfs");
    for (int i = 0; i < OPTIONS.size(); i++) {
      System.out.println("squashfs reader: " + OPTIONS.get(i));
      Path image = folder.resolve("image" + i);
      List<String> arguments = new ArrayList<>(List.of(tree.toString(), image.toString()));
      arguments.addAll(List.of("-noappend", "-p", "fifo i 640 1 2 f", "-p", "null c 666 0 0 1 3"));
      arguments.addAll(List.of(OPTIONS.get(i).split(" ", -1)));
      mksquashfs.run(arguments.toArray(String[]::new)).accepted();
      assertAgrees(image, tree);
    }
  }

  private static void assertAgrees(Path image, Path tree) throws IOException {
    List<SquashfsMember> members = ReadTree.members(new FileBlob(image));
    assertThat(members.stream().map(SquashfsReaderToolTest::line).toList())
        .isEqualTo(
            Judge.named("unsquashfs")
                .run("-lln", image.toString())
                .accepted()
                .output()
                .lines()
                .map(SquashfsReaderToolTest::withoutOtherSizes)
                .toList());
    for (SquashfsMember member : members) {
      if (member instanceof SquashfsMember.File file) {
        assertThat(file.content().bytes(1 << 24))
            .as(file.path())
            .isEqualTo(Files.readAllBytes(tree.resolve(file.path())));
      }
    }
  }

  /// A line of `unsquashfs -lln`, without the sizes of what is no file.
  private static String line(SquashfsMember member) {
    String type =
        switch (member) {
          case SquashfsMember.Directory ignored -> "d";
          case SquashfsMember.File ignored -> "-";
          case SquashfsMember.Symlink ignored -> "l";
          case SquashfsMember.Special special ->
              special.kind() == SquashfsMember.Kind.FIFO ? "p" : "c";
        };
    SquashfsMember.Attributes of = member.attributes();
    return "%s%s %d/%d %s%s squashfs-root%s%s"
        .formatted(
            type,
            permissions(of.permissions()),
            of.uid(),
            of.gid(),
            member instanceof SquashfsMember.File file ? file.content().length() + " " : "",
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm")
                .format(Instant.ofEpochSecond(of.mtime()).atOffset(ZoneOffset.UTC)),
            member.path().isEmpty() ? "" : "/" + member.path(),
            member instanceof SquashfsMember.Symlink link ? " -> " + link.target() : "");
  }

  private static String permissions(int bits) {
    StringBuilder text = new StringBuilder();
    for (int i = 8; i >= 0; i--) {
      text.append((bits >> i & 1) == 1 ? "xwr".charAt(i % 3) : '-');
    }
    return text.toString();
  }

  private static String withoutOtherSizes(String line) {
    String squeezed = line.replaceAll(" +", " ");
    return squeezed.startsWith("-")
        ? squeezed
        : squeezed.replaceFirst("^(\\S+ \\S+) [0-9, ]+ (\\d{4}-)", "$1 $2");
  }

  private static Path tree(Path tree) throws IOException {
    Random random = new Random(4);
    Path deep = Files.createDirectories(tree.resolve("a/b/c/" + "d/".repeat(40)));
    Files.writeString(deep.resolve("x".repeat(255)), "deep");
    Path many = Files.createDirectory(tree.resolve("many"));
    for (int i = 0; i < 3000; i++) {
      Path file = many.resolve("%05d%s".formatted(i * 7919 % 100_003, "-long".repeat(i % 9)));
      Files.writeString(file, i % 3 == 0 ? "" : "content " + i % 100);
    }
    for (int size : new int[] {0, 1, 4095, 4096, 4097, 131_071, 131_072, 131_073, 1_200_000}) {
      byte[] content = new byte[size];
      random.nextBytes(content);
      Files.write(tree.resolve("random" + size), content);
      Files.write(tree.resolve("text" + size), text(random, size));
    }
    sparse(tree.resolve("sparse"));
    Files.createSymbolicLink(tree.resolve("link"), Path.of("a/b"));
    Files.createSymbolicLink(tree.resolve("longlink"), Path.of("t/".repeat(2000)));
    Files.createLink(tree.resolve("hard"), tree.resolve("random4097"));
    Files.createDirectory(tree.resolve("empty"));
    return tree;
  }

  private static void sparse(Path file) throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(2_500_001);
      sparse.seek(1_200_000);
      sparse.write(text(new Random(5), 10_000));
    }
  }

  private static byte[] text(Random random, int size) {
    return random
        .ints(size, 0, 12)
        .mapToObj(i -> "etaoin shrdl".substring(i, i + 1))
        .collect(Collectors.joining())
        .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
