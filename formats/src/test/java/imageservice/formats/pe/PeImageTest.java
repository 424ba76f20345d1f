package imageservice.formats.pe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.testing.Stubs;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PeImageTest {
  private static final List<Stubs.Section> SECTIONS =
      List.of(
          new Stubs.Section(".text", 0x1000, 700, 0x6000_0020L),
          new Stubs.Section(".sbat", 0x2000, 250, 0x4000_0040L));

  @Test
  void readsHeadersAndSections() throws IOException {
    PeImage image = PeImage.read(Stubs.of(Stubs.ARM64, 0x1234, SECTIONS));
    assertThat(image.coff()).isEqualTo(new CoffHeader(Stubs.ARM64, 2, 1_700_000_000, 240, 0x22E));
    assertThat(image.optional().addressOfEntryPoint()).isEqualTo(0x1234);
    assertThat(image.optional().dataDirectories()).hasSize(16);
    assertThat(image.sections())
        .containsExactly(
            new SectionHeader(".text", 700, 0x1000, 1024, 512, 0x6000_0020L),
            new SectionHeader(".sbat", 250, 0x2000, 512, 1536, 0x4000_0040L));
  }

  @Test
  void givesWhatASectionHoldsInMemory() throws IOException {
    PeImage image = PeImage.read(Stubs.of(Stubs.AMD64, 0, SECTIONS));
    assertThat(image.section(".sbat").orElseThrow().bytes(250))
        .isEqualTo(Stubs.content(SECTIONS.get(1)));
    assertThat(image.section(".none")).isEmpty();
  }

  @Test
  void memoryBeyondTheFileIsZeroAndCostsNothing() throws IOException {
    byte[] bytes = bytes();
    patch(bytes, TABLE + 40 + 8, 4, 0x7000_0000);
    Blob memory = PeImage.read(Blob.of(bytes)).section(".sbat").orElseThrow();
    assertThat(memory.length()).isEqualTo(0x7000_0000);
    assertThat(((Extents) memory).extents()).hasSize(2);
  }

  private static final int TABLE = 0x40 + 24 + 240;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 2 | 0 | pe: e_magic at byte 0: is not MZ",
        "60 | 4 | 63 | pe: e_lfanew at byte 60: is 63",
        "60 | 4 | 65537 | pe: e_lfanew at byte 60: is 65537",
        "64 | 4 | 0 | pe: Signature at byte 64: is not PE",
        "70 | 2 | 0 | pe: NumberOfSections at byte 70: is 0",
        "70 | 2 | 97 | pe: NumberOfSections at byte 70: is 97",
        "70 | 2 | 96 | pe: Name at byte 408: is not printable ASCII",
        "76 | 4 | 1 | pe: PointerToSymbolTable at byte 76: there are COFF symbols",
        "80 | 4 | 1 | pe: NumberOfSymbols at byte 80: there are COFF symbols",
        "84 | 2 | 100 | pe: SizeOfHeapCommit at byte 184: the structure ends after 100 bytes",
        "84 | 2 | 248 | pe: NumberOfRvaAndSizes at byte 328: does not fill SizeOfOptionalHeader",
        "88 | 2 | 267 | pe: Magic at byte 88: 0x10b is not PE32+",
        "120 | 4 | 4095 | pe: SectionAlignment at byte 120: 4095 is no power of two up to 2097152",
        "124 | 4 | 131072 | pe: FileAlignment at byte 124: 131072 is no power of two up to 65536",
        "196 | 4 | 17 | pe: NumberOfRvaAndSizes at byte 196: is 17",
        "328 | 1 | 32 | pe: Name at byte 328: is not printable ASCII",
        "340 | 4 | 8191 | pe: .sbat at byte 368: overlaps the one before in memory",
        "376 | 4 | -1 | pe: .sbat at byte 368: ends beyond 4 GiB",
        "384 | 4 | 500 | pe: .sbat at byte 368: is not aligned in the file",
        "384 | 4 | 1024 | pe: .sbat at byte 368: ends behind the file",
        "388 | 4 | -1 | pe: .sbat at byte 368: ends behind the file"
      })
  void refuses(int offset, int size, int value, String message) throws IOException {
    byte[] bytes = bytes();
    patch(bytes, offset, size, value);
    assertThatThrownBy(() -> PeImage.read(Blob.of(bytes)))
        .isInstanceOf(MalformedException.class)
        .hasMessage(message);
  }

  @Test
  void refusesWhatEndsWithinItsHeaders() throws IOException {
    for (int length = 0; length < TABLE + 80; length++) {
      Blob cut = Blob.of(Arrays.copyOf(bytes(), length));
      assertThatThrownBy(() -> PeImage.read(cut)).isInstanceOf(MalformedException.class);
    }
  }

  private static byte[] bytes() throws IOException {
    return Stubs.of(Stubs.AMD64, 0, SECTIONS).bytes(4096);
  }

  private static void patch(byte[] bytes, int offset, int size, int value) {
    for (int i = 0; i < size; i++) {
      bytes[offset + i] = (byte) (value >>> (8 * i));
    }
  }
}
