package imageservice.formats.cpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CpioArchiveTest {
  private static final long EPOCH = 1559424892L;

  @Test
  void writesTheKnownHeadersOfAnAppendedArchive() throws IOException {
    byte[] archive =
        CpioArchive.of(
                List.of(
                    new CpioEntry.File("extensions.yaml", 0644, EPOCH, Blob.of("layers:\n")),
                    new CpioEntry.File("0.sqsh", 0644, EPOCH, Blob.of("hsqs"))))
            .bytes(1024);
    assertThat(archive).hasSize(512);
    assertThat(text(archive, 0, 120))
        .isEqualTo(
            "070701"
                + "00000000"
                + "000081A4"
                + "00000000"
                + "00000000"
                + "00000001"
                + "5CF2EF7C"
                + "00000004"
                + "00000000".repeat(4)
                + "00000007"
                + "00000000"
                + "0.sqsh\0\0\0\0");
    assertThat(text(archive, 120, 124)).isEqualTo("hsqs");
    assertThat(text(archive, 124, 130)).isEqualTo("070701");
    assertThat(text(archive, 260, 384))
        .isEqualTo(
            "070701"
                + "00000000".repeat(4)
                + "00000001"
                + "00000000".repeat(6)
                + "0000000B"
                + "00000000"
                + "TRAILER!!!\0\0\0\0");
  }

  @Test
  void keepsContentsAsSlices() {
    Blob content = new Untouchable(1L << 31);
    assertThat(
            CpioArchive.of(List.of(new CpioEntry.File("0.sqsh", 0644, EPOCH, content))).extents())
        .contains(new Extent.Slice(content, 0, 1L << 31));
  }

  @Test
  void doesNotDependOnTheOrderOfEntries() throws IOException {
    List<CpioEntry> entries =
        List.of(
            new CpioEntry.Directory("a", 0755, EPOCH),
            new CpioEntry.File("a/b", 0644, EPOCH, Blob.of("1")),
            new CpioEntry.Symlink("a-b", EPOCH, "a"));
    assertThat(CpioArchive.of(entries.reversed()).bytes(1024))
        .isEqualTo(CpioArchive.of(entries).bytes(1024));
  }

  @Test
  void refusesTreesThatAreNone() {
    CpioEntry file = new CpioEntry.File("a/b", 0644, EPOCH, Blob.of(""));
    assertThatThrownBy(() -> CpioArchive.of(List.of(file)))
        .hasMessage("entry a/b: its directory is missing");
    CpioEntry a = new CpioEntry.Directory("a", 0755, EPOCH);
    assertThatThrownBy(() -> CpioArchive.of(List.of(a, file, file)))
        .hasMessage("entry a/b: is there twice");
    CpioEntry notADirectory = new CpioEntry.Symlink("a", EPOCH, "c");
    assertThatThrownBy(() -> CpioArchive.of(List.of(notADirectory, file)))
        .hasMessage("entry a/b: its directory is missing");
  }

  @Test
  void refusesNamesThatLeadElsewhere() {
    for (String name : List.of("", "/a", "./a", "a/../b", "a//b", "a/", ".", "..")) {
      assertThatThrownBy(() -> new CpioEntry.Directory(name, 0755, 0))
          .hasMessage("name " + name + ": is not a plain relative path");
    }
    assertThatThrownBy(() -> new CpioEntry.Directory("a\0b", 0755, 0))
        .hasMessage("name a\0b: contains a NUL");
    assertThatThrownBy(() -> new CpioEntry.Directory("\uD800", 0755, 0))
        .hasMessage("name \uD800: is not Unicode");
    assertThatThrownBy(() -> new CpioEntry.Directory("a".repeat(4096), 0755, 0))
        .hasMessageEndingWith(": is longer than 4095 bytes");
    assertThatThrownBy(() -> new CpioEntry.Directory("TRAILER!!!", 0755, 0))
        .hasMessage("name TRAILER!!!: ends the archive");
  }

  @Test
  void refusesNumbersThatDoNotFit() {
    assertThatThrownBy(() -> new CpioEntry.Directory("a", 010000, 0))
        .hasMessage("a: permissions 10000");
    assertThatThrownBy(() -> new CpioEntry.Directory("a", 0755, 1L << 32))
        .hasMessage("a: mtime 4294967296");
    assertThatThrownBy(() -> new CpioEntry.File("a", 0644, 0, new Untouchable(1L << 32)))
        .hasMessage("a: 4294967296 bytes, over 4 GiB");
    assertThatThrownBy(() -> new CpioEntry.Symlink("a", 0, ""))
        .hasMessage("a: no target of a link: ");
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private record Untouchable(long length) implements Blob {
    @Override
    public InputStream open(long offset, long length) {
      throw new AssertionError("content was read");
    }
  }
}
