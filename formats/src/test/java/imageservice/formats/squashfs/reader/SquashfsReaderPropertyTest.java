package imageservice.formats.squashfs.reader;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.RandomTree;
import imageservice.formats.squashfs.Scratch;
import imageservice.formats.squashfs.SquashfsCompression;
import imageservice.formats.squashfs.SquashfsEntry;
import imageservice.formats.squashfs.SquashfsImage;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SquashfsReaderPropertyTest {
  @ParameterizedTest
  @EnumSource
  void readsWhatWasWritten(SquashfsCompression compression) throws IOException {
    long seed = 20261124L;
    for (int round = 0; round < 6; round++) {
      System.out.printf("squashfs reader: seed %d, round %d%n", seed, round);
      Random random = new Random(seed + round);
      List<SquashfsEntry> entries = new RandomTree(random).entries(1 + random.nextInt(120));
      Blob image = SquashfsImage.of(entries, compression, 0, Scratch.inMemory());
      Map<String, SquashfsMember> read =
          ReadTree.members(image).stream()
              .collect(Collectors.toMap(SquashfsMember::path, Function.identity()));
      assertThat(read).hasSameSizeAs(entries);
      for (SquashfsEntry entry : entries) {
        assertSame(entry, java.util.Objects.requireNonNull(read.get(entry.path())));
      }
      assertFinds(SquashfsReader.open(image), entries);
    }
  }

  private static void assertSame(SquashfsEntry written, SquashfsMember read) throws IOException {
    assertThat(read.attributes().permissions()).isEqualTo(written.attributes().permissions());
    assertThat(read.attributes().mtime()).isEqualTo(written.attributes().mtime());
    switch (written) {
      case SquashfsEntry.Directory ignored ->
          assertThat(read).isInstanceOf(SquashfsMember.Directory.class);
      case SquashfsEntry.File file ->
          assertThat(((SquashfsMember.File) read).content().bytes(1 << 20))
              .isEqualTo(file.content().bytes(1 << 20));
      case SquashfsEntry.Symlink link ->
          assertThat(((SquashfsMember.Symlink) read).target()).isEqualTo(link.target());
    }
  }

  private static void assertFinds(SquashfsReader reader, List<SquashfsEntry> entries)
      throws IOException {
    for (SquashfsEntry entry :
        entries.stream().sorted(Comparator.comparing(SquashfsEntry::path)).limit(30).toList()) {
      assertThat(reader.find(entry.path()).orElseThrow().path()).isEqualTo(entry.path());
    }
  }
}
