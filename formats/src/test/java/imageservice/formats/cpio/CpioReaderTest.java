package imageservice.formats.cpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CpioReaderTest {
  private static final List<CpioEntry> ENTRIES =
      List.of(
          new CpioEntry.File("a", 0644, 1, Blob.of("abcde")),
          new CpioEntry.Directory("b", 0755, 2),
          new CpioEntry.Symlink("b/c", 3, "../a"));

  @Test
  void readsWhatWasWritten() throws IOException {
    CpioReader reader = reader(archive());
    List<String> read = new ArrayList<>();
    for (var next = reader.next(); next.isPresent(); next = reader.next()) {
      CpioHeader header = next.get().header();
      String content = new String(reader.content().readAllBytes(), StandardCharsets.UTF_8);
      read.add("%s %o %d %s".formatted(next.get().name(), header.mode(), header.mtime(), content));
    }
    assertThat(read).containsExactly("a 100644 1 abcde", "b 40755 2 ", "b/c 120777 3 ../a");
    assertThat(reader.next()).isEmpty();
  }

  @Test
  void skipsContentNobodyReads() throws IOException {
    CpioReader reader = reader(archive());
    assertThat(reader.next()).map(CpioReader.Member::name).contains("a");
    InputStream content = reader.content();
    assertThat(content.read()).isEqualTo('a');
    assertThat(reader.next()).map(CpioReader.Member::name).contains("b");
    assertThatThrownBy(content::read).hasMessage("the reader is past this entry");
    assertThat(reader.next()).map(CpioReader.Member::name).contains("b/c");
    assertThat(reader.next()).isEmpty();
  }

  @Test
  void takesTheRootItself() throws IOException {
    byte[] archive = archive();
    archive[110] = '.';
    assertThat(reader(archive).next()).map(CpioReader.Member::name).contains(".");
  }

  @Test
  void refusesAnArchiveThatEndsAnywhereBeforeItsTrailer() throws IOException {
    byte[] archive = archive();
    for (int length = 0; length < 476; length++) {
      byte[] cut = Arrays.copyOf(archive, length);
      assertThatThrownBy(() -> readAll(cut))
          .as("%d bytes", length)
          .isInstanceOf(MalformedException.class)
          .hasMessageEndingWith("the archive ends");
    }
  }

  @Test
  void refusesMalformedFields() throws IOException {
    refuses(5, '2', "cpio: c_magic at byte 0: is not 070701");
    refuses(6, 'g', "cpio: number at byte 6: not a hexadecimal digit");
    refuses(6, 0xB2, "cpio: number at byte 6: not a hexadecimal digit");
    refuses(109, '1', "cpio: c_check at byte 0: is not 0");
    refuses(94, 'F', "cpio: c_namesize at byte 0: is 4026531842");
    refuses(101, '0', "cpio: c_namesize at byte 0: is 0");
    refuses(110, '/', "cpio: name at byte 110: is not a plain relative path");
    refuses(110, 0, "cpio: name at byte 110: contains a NUL");
    refuses(110, 0xFF, "cpio: name at byte 110: is not UTF-8");
    refuses(111, 'b', "cpio: name at byte 110: does not end with a NUL");
    refuses(119, 1, "cpio: padding of the content at byte 119: is not zero");
    refuses(511, 1, "cpio: padding of the archive at byte 511: is not zero");
  }

  @Test
  void doesNotAllocateWhatAHeaderClaims() throws IOException {
    refuses(54, 'F', "cpio: content at byte 512: the archive ends");
  }

  static void readAll(byte[] archive) throws IOException {
    CpioReader reader = reader(archive);
    Optional<CpioReader.Member> member = reader.next();
    while (member.isPresent()) {
      member = reader.next();
    }
  }

  private static void refuses(int at, int value, String message) throws IOException {
    byte[] archive = archive();
    archive[at] = (byte) value;
    assertThatThrownBy(() -> readAll(archive))
        .isInstanceOf(MalformedException.class)
        .hasMessage(message);
  }

  private static byte[] archive() throws IOException {
    return CpioArchive.of(ENTRIES).bytes(1024);
  }

  private static CpioReader reader(byte[] archive) {
    return new CpioReader(new ByteArrayInputStream(archive));
  }
}
