package imageservice.formats.iso9660;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("tool")
final class IsoPropertyTest {
  private static final IsoVolume VOLUME = new IsoVolume("RANDOM", "", "", "", "", 1_559_424_892L);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void xorrisoExtractsWhatWasPutIn(long seed, @TempDir Path folder) throws IOException {
    IsoDirectory root = new RandomTrees(seed).root();
    Path iso = Medium.write(medium(root), folder.resolve("random.iso"));
    Path extracted = folder.resolve("extracted");
    Judge.Verdict verdict =
        Judge.named("xorriso")
            .run(
                folder,
                Map.of("LC_ALL", "C.UTF-8"),
                List.of(
                    "-abort_on",
                    "WARNING",
                    "-osirrox",
                    "on",
                    "-indev",
                    iso.toString(),
                    "-extract",
                    "/",
                    extracted.toString(),
                    "-rollback_end"))
            .accepted();
    assertThat(verdict.errors()).as("seed %d", seed).doesNotContain("WARNING", "FAILURE", "SORRY");
    assertSame(root, extracted, "seed " + seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void isoinfoReadsWhatWasPutIn(long seed, @TempDir Path folder) throws IOException {
    IsoDirectory root = new RandomTrees(seed).root();
    Path iso = Medium.write(medium(root), folder.resolve("random.iso"));
    String list = Judge.named("isoinfo").run("-R", "-f", "-i", iso.toString()).accepted().output();
    assertThat(list.lines())
        .as("seed %d", seed)
        .hasSize(Math.toIntExact(count(root)))
        .doesNotHaveDuplicates();
  }

  static Blob medium(IsoDirectory root) throws IOException {
    IsoContents contents = new IsoContents(VOLUME, root, List.of(), List.of(), 0);
    return IsoLayout.of(contents).encode(new byte[IsoLayout.SYSTEM_AREA], Blob.of(""), Map.of());
  }

  private static long count(IsoDirectory directory) {
    return directory.entries().stream()
        .mapToLong(entry ->
            switch (entry) {
              case IsoDirectory inner -> 1 + count(inner);
              case IsoFile ignored -> 1;
            })
        .sum();
  }

  static void assertSame(IsoDirectory expected, Path folder, String where) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      assertThat(list.map(path -> path.getFileName().toString()))
          .as(where)
          .containsExactlyInAnyOrderElementsOf(
              expected.entries().stream().map(IsoEntry::name).toList());
    }
    for (IsoEntry entry : expected.entries()) {
      Path path = folder.resolve(entry.name());
      switch (entry) {
        case IsoDirectory directory -> assertSame(directory, path, where + "/" + entry.name());
        case IsoFile file -> {
          assertThat(Files.readAllBytes(path))
              .as(where + "/" + entry.name())
              .isEqualTo(file.content().bytes(1 << 20));
          assertThat(Files.getLastModifiedTime(path).toMillis())
              .isEqualTo(VOLUME.epochSeconds() * 1000);
          assertThat((int) Files.getAttribute(path, "unix:mode") & 07777).isEqualTo(file.mode());
        }
      }
    }
  }
}
