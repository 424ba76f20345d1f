package imageservice.formats.squashfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.formats.squashfs.SquashfsEntry.Attributes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SquashfsImageTest {
  private static final long EPOCH = 1559424892L;
  private static final Attributes DIRECTORY = new Attributes(0755, EPOCH);
  private static final Attributes FILE = new Attributes(0644, EPOCH);

  /// What mksquashfs 4.5.1 makes of an empty directory: `mksquashfs empty image -all-root -comp
  /// zstd -Xcompression-level 18` under SOURCE_DATE_EPOCH, the directory touched to the same time.
  @Test
  void makesTheSameBytesOfAnEmptyRoot() throws IOException {
    byte[] image = image(List.of(new SquashfsEntry.Directory("", DIRECTORY)));
    assertThat(image).hasSize(4096);
    assertThat(HexFormat.of().formatHex(image, 96, 168))
        .isEqualTo(
            "048012000000"
                + "20800100ed01000000007cef" // inode
                + "f25c010000000000000002000000"
                + "0300000002000000"
                + "08800000000000000000" // lookup table
                + "8800000000000000"
                + "048000000000" // ids
                + "9a00000000000000");
  }

  @Test
  void doesNotDependOnTheOrderOfEntriesOrTheScratch(@TempDir Path folder) throws IOException {
    List<SquashfsEntry> entries = new ArrayList<>();
    entries.add(new SquashfsEntry.Directory("", DIRECTORY));
    entries.add(new SquashfsEntry.Directory("d", DIRECTORY));
    Random random = new Random(5);
    for (int i = 0; i < 20; i++) {
      byte[] content = new byte[random.nextInt(300_000)];
      random.nextBytes(content);
      entries.add(new SquashfsEntry.File("d/f" + i, FILE, Blob.of(content)));
    }
    byte[] first = image(entries);
    Collections.shuffle(entries, random);
    try (FileScratch scratch = new FileScratch(folder.resolve("scratch"))) {
      Blob image = SquashfsImage.of(entries, SquashfsCompression.ZSTD, EPOCH, scratch);
      assertThat(image.bytes(10 << 20)).isEqualTo(first);
      byte[] part = new byte[1000];
      try (InputStream in = image.open(150_000, part.length)) {
        assertThat(in.readAllBytes())
            .isEqualTo(java.util.Arrays.copyOfRange(first, 150_000, 151_000));
      }
    }
  }

  @Test
  void storesEqualFilesOnce() throws IOException {
    byte[] content = new byte[200_000];
    new Random(6).nextBytes(content);
    List<SquashfsEntry> entries = new ArrayList<>();
    entries.add(new SquashfsEntry.Directory("", DIRECTORY));
    for (int i = 0; i < 10; i++) {
      entries.add(new SquashfsEntry.File("f" + i, FILE, Blob.of(content)));
    }
    assertThat(image(entries)).hasSizeLessThan(210_000);
  }

  @Test
  void keepsOnlyTablesInMemory(@TempDir Path folder) throws IOException {
    byte[] content = new byte[8 << 20];
    new Random(7).nextBytes(content);
    Path file = folder.resolve("scratch");
    try (FileScratch scratch = new FileScratch(file)) {
      Extents image =
          SquashfsImage.of(
              List.of(
                  new SquashfsEntry.Directory("", DIRECTORY),
                  new SquashfsEntry.File("f", FILE, Blob.of(content))),
              SquashfsCompression.ZSTD,
              EPOCH,
              scratch);
      assertThat(Files.size(file)).isEqualTo(content.length);
      assertThat(
              image.extents().stream()
                  .filter(Extent.Bytes.class::isInstance)
                  .mapToLong(Extent::length)
                  .sum())
          .isLessThan(1000);
    }
  }

  @Test
  void refusesTreesThatAreNone() {
    SquashfsEntry root = new SquashfsEntry.Directory("", DIRECTORY);
    SquashfsEntry file = new SquashfsEntry.File("a/b", FILE, Blob.of(""));
    assertThatThrownBy(() -> image(List.of())).hasMessage("the root directory is missing");
    assertThatThrownBy(() -> image(List.of(root, file)))
        .hasMessage("entry a/b: its directory is missing");
    assertThatThrownBy(() -> image(List.of(root, root))).hasMessage("entry : is there twice");
    assertThatThrownBy(() -> image(List.of(root, new SquashfsEntry.Symlink("a", FILE, "b"), file)))
        .hasMessage("entry a/b: its directory is missing");
    assertThatThrownBy(() -> image(List.of(new SquashfsEntry.File("f", FILE, Blob.of("")))))
        .hasMessage("entry f: its directory is missing");
  }

  @Test
  void refusesNamesLinuxCannotReach() {
    for (String path : List.of("", "/a", "a/", "a//b", "./a", "a/..")) {
      assertThatThrownBy(() -> new SquashfsEntry.File(path, FILE, Blob.of("")))
          .hasMessage("path " + path + ": is not a plain relative path");
    }
    String longName = "n".repeat(256);
    assertThatThrownBy(() -> new SquashfsEntry.Directory(longName, DIRECTORY))
        .hasMessage("path " + longName + ": has a name longer than 255 bytes");
    assertThatThrownBy(() -> new SquashfsEntry.Directory("a\0", DIRECTORY))
        .hasMessage("path a\0: contains a NUL");
    assertThatThrownBy(() -> new SquashfsEntry.Symlink("a", FILE, "t".repeat(4096)))
        .hasMessageStartingWith("a: no target of a link: ");
    assertThatThrownBy(() -> new Attributes(010000, EPOCH)).hasMessage("permissions 10000");
    assertThatThrownBy(() -> new Attributes(0644, -1)).hasMessage("mtime -1");
  }

  private static byte[] image(List<SquashfsEntry> entries) throws IOException {
    return SquashfsImage.of(entries, SquashfsCompression.ZSTD, EPOCH, Scratch.inMemory())
        .bytes(10 << 20);
  }
}
