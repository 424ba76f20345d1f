package imageservice.formats.fat;

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

/// Asks `fsck.fat` and mtools about a file system.
final class FatJudges {
  static final long EPOCH = 1_559_424_892L;
  static final long LABEL_EPOCH = 1_426_325_212L; // 2015-03-14 09:26:52
  static final FatVolume VOLUME =
      new FatVolume(FatVolume.MKFS_OEM, 0x1234_ABCDL, "EFI", LABEL_EPOCH, EPOCH);

  private FatJudges() {}

  static Path accepted(Blob medium, Path image) throws IOException {
    Medium.write(medium, image);
    Judge.Verdict verdict =
        Judge.named("fsck.fat")
            .run(Path.of("."), utf8(), List.of("-n", "-v", image.toString()))
            .accepted();
    assertThat(verdict.errors()).isEmpty();
    assertThat(verdict.output())
        .doesNotContain("differ", "wrong", "Reclaimed", "invalid", "Dirty", "Bad", "Duplicate");
    return image;
  }

  /// Extracts everything and compares it.
  static void assertHolds(FatDirectory root, Path image, Path extracted, String where)
      throws IOException {
    Files.createDirectory(extracted);
    Judge.named("mcopy")
        .run(
            extracted,
            utf8(),
            List.of("-s", "-n", "-m", "-i", image.toString(), "::", extracted.toString()))
        .accepted();
    assertSame(root, extracted, where);
  }

  private static Map<String, String> utf8() {
    return Map.of("LC_ALL", "C.UTF-8");
  }

  /// mtools shows characters beyond the basic plane as two underscores.
  private static String seen(FatEntry entry) {
    StringBuilder seen = new StringBuilder();
    entry
        .name()
        .chars()
        .forEach(c -> seen.append(Character.isSurrogate((char) c) ? '_' : (char) c));
    return seen.toString();
  }

  private static void assertSame(FatDirectory expected, Path folder, String where)
      throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      assertThat(list.map(path -> path.getFileName().toString()))
          .as(where)
          .containsExactlyInAnyOrderElementsOf(
              expected.entries().stream().map(FatJudges::seen).toList());
    }
    for (FatEntry entry : expected.entries()) {
      Path path = folder.resolve(seen(entry));
      String name = where + "/" + entry.name();
      switch (entry) {
        case FatDirectory directory -> assertSame(directory, path, name);
        case FatFile file -> {
          assertThat(Files.readAllBytes(path)).as(name).isEqualTo(file.content().bytes(1 << 24));
          assertThat(Files.getLastModifiedTime(path).toMillis()).as(name).isEqualTo(EPOCH * 1000);
        }
      }
    }
  }
}
