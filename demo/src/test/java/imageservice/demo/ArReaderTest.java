package imageservice.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ArReaderTest {
  private static final byte[] ARCHIVE =
      DebianFile.ar()
          .member("debian-binary", "2.0\n")
          .member("odd/", "abc")
          .member("last", "z")
          .toBytes();

  private static ArReader open(byte[] bytes) throws IOException {
    return ArReader.of(new ByteArrayInputStream(bytes));
  }

  private static String text(ArReader reader) throws IOException {
    return new String(reader.content().readAllBytes(), StandardCharsets.US_ASCII);
  }

  @Test
  void readsMembersInTheirOrder() throws IOException {
    ArReader reader = open(ARCHIVE);
    assertThat(reader.next()).contains(new ArReader.Member("debian-binary", 4));
    assertThat(text(reader)).isEqualTo("2.0\n");
    assertThat(reader.next()).contains(new ArReader.Member("odd", 3));
    assertThat(text(reader)).isEqualTo("abc");
    assertThat(reader.next()).contains(new ArReader.Member("last", 1));
    assertThat(text(reader)).isEqualTo("z");
    assertThat(reader.next()).isEmpty();
  }

  @Test
  void passesOverContentThatNobodyReads() throws IOException {
    ArReader reader = open(ARCHIVE);
    reader.next();
    reader.next();
    assertThat(reader.content().read()).isEqualTo('a');
    assertThat(reader.next()).contains(new ArReader.Member("last", 1));
  }

  @Test
  void refusesWhatIsNoArchive() {
    for (String text : new String[] {"", "!<arch>", "!<thin>\nabc"}) {
      assertThatThrownBy(() -> open(text.getBytes(StandardCharsets.US_ASCII)))
          .isInstanceOf(MalformedException.class)
          .hasMessage("ar: magic at byte 0: is no archive of ar");
    }
  }

  @Test
  void refusesDamagedHeaders() {
    assertThatThrownBy(() -> open(Arrays.copyOf(ARCHIVE, 40)).next())
        .hasMessage("ar: header at byte 8: breaks off");
    byte[] unending = ARCHIVE.clone();
    unending[8 + 58] = ' ';
    assertThatThrownBy(() -> open(unending).next())
        .hasMessage("ar: ar_fmag at byte 66: does not end a header");
    for (String size : new String[] {"-4        ", "          ", "4x        ", "0x4       "}) {
      byte[] bytes = ARCHIVE.clone();
      System.arraycopy(size.getBytes(StandardCharsets.US_ASCII), 0, bytes, 8 + 48, 10);
      assertThatThrownBy(() -> open(bytes).next())
          .hasMessage("ar: ar_size at byte 56: is no number");
    }
  }

  @Test
  void refusesContentThatBreaksOff() throws IOException {
    ArReader reader = open(Arrays.copyOf(ARCHIVE, 8 + 60 + 3));
    reader.next();
    assertThatThrownBy(() -> reader.content().readAllBytes())
        .hasMessage("ar: content at byte 71: breaks off, 1 bytes early");
    ArReader passing = open(Arrays.copyOf(ARCHIVE, 8 + 60 + 3));
    passing.next();
    assertThatThrownBy(passing::next).hasMessage("ar: content at byte 68: breaks off");
  }
}
