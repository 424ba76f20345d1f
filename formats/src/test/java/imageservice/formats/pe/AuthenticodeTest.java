package imageservice.formats.pe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.formats.testing.Stubs;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuthenticodeTest {
  private static final int OPTIONAL = Stubs.LFANEW + 24;
  private static final int CHECK_SUM = OPTIONAL + 64;
  private static final int DIRECTORY = OPTIONAL + 112 + 32;
  private static final int COUNT = OPTIONAL + 108;
  private static final int TABLE = OPTIONAL + 240;
  private static final int LARGEST = 1 << 20;
  private static final byte[] SIGNATURE = HexFormat.of().parseHex("3082058ecafe01");

  @Test
  void everyByteCountsButChecksumAndTheTablesEntry() throws IOException {
    byte[] image = stub();
    byte[] hash = Authenticode.of(Blob.of(image)).hash();
    for (int at : new int[] {2, CHECK_SUM - 18, CHECK_SUM + 4, 600, image.length - 1}) {
      assertThat(hash(flipped(image, at))).as("byte %d", at).isNotEqualTo(hash);
    }
    for (int at = CHECK_SUM; at < CHECK_SUM + 4; at++) {
      assertThat(hash(flipped(image, at))).as("byte %d", at).isEqualTo(hash);
    }
  }

  /// "Calculating the PE Image Hash" of the specification, step by step.
  @Test
  void theHashIsThatOfTheSpecification() throws IOException, NoSuchAlgorithmException {
    byte[] image = Arrays.copyOf(stub(), stub().length + 3);
    MessageDigest hash = MessageDigest.getInstance("SHA-256");
    hash.update(image, 0, CHECK_SUM);
    hash.update(image, CHECK_SUM + 4, DIRECTORY - CHECK_SUM - 4);
    hash.update(image, DIRECTORY + 8, image.length - DIRECTORY - 8);
    hash.update(new byte[5]);
    assertThat(hash(image)).isEqualTo(hash.digest());
  }

  @Test
  void aSignatureIsAddedAtTheEnd() throws IOException {
    byte[] image = Arrays.copyOf(stub(), stub().length + 3);
    byte[] signed = Authenticode.of(Blob.of(image)).with(SIGNATURE).bytes(LARGEST);
    int first = image.length + 5;
    assertThat(signed).hasSize(first + 16);
    assertThat(HexFormat.of().formatHex(signed, first, signed.length))
        .isEqualTo("0f000000" + "0002" + "0200" + "3082058ecafe01" + "00");
    assertThat(HexFormat.of().formatHex(signed, DIRECTORY, DIRECTORY + 8))
        .isEqualTo(littleEndian(first) + littleEndian(16));
    assertThat(HexFormat.of().formatHex(signed, CHECK_SUM, CHECK_SUM + 4)).isEqualTo("00000000");
    assertThat(hash(signed)).isEqualTo(hash(image));
  }

  @Test
  void earlierSignaturesStay() throws IOException {
    byte[] once = Authenticode.of(Blob.of(stub())).with(SIGNATURE).bytes(LARGEST);
    byte[] other = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    byte[] twice = Authenticode.of(Blob.of(once)).with(other).bytes(LARGEST);
    assertThat(twice).hasSize(once.length + 24);
    int table = stub().length;
    assertThat(Arrays.copyOfRange(twice, table, once.length))
        .isEqualTo(Arrays.copyOfRange(once, table, once.length));
    assertThat(HexFormat.of().formatHex(twice, DIRECTORY, DIRECTORY + 8))
        .isEqualTo(littleEndian(table) + littleEndian(16 + 24));
    assertThat(hash(twice)).isEqualTo(hash(stub()));
  }

  @Test
  void contentIsReferredTo() throws IOException {
    Blob image = Blob.of(stub());
    Extents signed = Authenticode.of(image).with(SIGNATURE);
    assertThat(signed.extents())
        .contains(new Extent.Slice(image, DIRECTORY + 8, image.length() - DIRECTORY - 8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 2 | 0 | pe: e_magic at byte 0: is not MZ",
        "88 | 2 | 267 | pe: Magic at byte 88: 0x10b is not PE32+",
        "232 | 8 | 34359738368 | pe: Certificate Table at byte 0: does not end the file",
        "148 | 4 | 1024 | pe: .text at byte 0: has a gap in front of it"
      })
  void refusesWhatVerifiersReadInDifferentWays(int at, int size, long value, String message)
      throws IOException {
    byte[] image = stub();
    for (int i = 0; i < size; i++) {
      image[at + i] = (byte) (value >>> (8 * i));
    }
    assertThatThrownBy(() -> Authenticode.of(Blob.of(image)))
        .isInstanceOf(MalformedException.class)
        .hasMessage(message);
  }

  @Test
  void refusesGapsAndTablesWithinSections() throws IOException {
    byte[] gap = Arrays.copyOf(stub(), stub().length + 512);
    gap[TABLE + 2 * 40 + 21] =
        (byte) (gap[TABLE + 2 * 40 + 21] + 2); // PointerToRawData of .reloc, 512 further
    assertThatThrownBy(() -> Authenticode.of(Blob.of(gap)))
        .hasMessage("pe: .reloc at byte 0: has a gap in front of it");
    byte[] within = stub();
    put(within, DIRECTORY, within.length - 16);
    put(within, DIRECTORY + 4, 16);
    assertThatThrownBy(() -> Authenticode.of(Blob.of(within)))
        .hasMessage("pe: Certificate Table at byte 0: begins within a section");
  }

  private static void put(byte[] image, int at, int value) {
    for (int i = 0; i < 4; i++) {
      image[at + i] = (byte) (value >>> (8 * i));
    }
  }

  private static String littleEndian(int value) {
    byte[] bytes = new byte[4];
    put(bytes, 0, value);
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] flipped(byte[] image, int at) {
    byte[] other = image.clone();
    other[at] ^= 1;
    return other;
  }

  private static byte[] hash(byte[] image) throws IOException {
    return Authenticode.of(Blob.of(image)).hash();
  }

  private static byte[] stub() throws IOException {
    assertThat(COUNT).isEqualTo(196);
    return Stubs.small(Stubs.AMD64).bytes(LARGEST);
  }
}
