package imageservice.formats.efi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.MalformedException;
import imageservice.formats.struct.Guid;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class VariableFileTest {
  private static final Guid OWNER = Guid.parse("77fa9abd-0359-4d32-bd60-28f4e78f784b");
  private static final byte[] SIGNATURE = {1, 2, 3, 4, 5};
  private static final byte[] FIRST = {0x30, 1, 0};
  private static final byte[] SECOND = {0x30, 2, 0, 0};

  private static VariableUpdate update(SecureBootVariable variable) {
    return new VariableUpdate(
        variable,
        1_559_424_892L,
        List.of(new SignatureList(OWNER, FIRST), new SignatureList(OWNER, SECOND)));
  }

  @ParameterizedTest
  @EnumSource
  void readsWhatIsSignedAndWhatItBrings(SecureBootVariable variable) throws MalformedException {
    VariableFile file = VariableFile.read(update(variable).file(SIGNATURE));
    assertThat(file.signature()).isEqualTo(SIGNATURE);
    assertThat(file.signed(variable)).isEqualTo(update(variable).signed());
    assertThat(file.certificates()).containsExactly(FIRST, SECOND);
  }

  /// List and signature sizes follow each other from byte 45 + 16 on.
  @ParameterizedTest
  @CsvSource({
    "16, 24, signed variable: dwLength at byte 16: no signature of 24 bytes is there",
    "16, 255, signed variable: dwLength at byte 16: no signature of 255 bytes is there",
    "20, 1, signed variable: wRevision at byte 20: not 0x200",
    "22, 0, signed variable: wCertificateType at byte 22: not 0xef1",
    "24, 0, signed variable: CertType at byte 24: not EFI_CERT_TYPE_PKCS7_GUID",
    "61, 27, 'signed variable: SignatureListSize at byte 61: 27 bytes, of which 95 are there'",
    "61, 255, 'signed variable: SignatureListSize at byte 61: 255 bytes, of which 95 are there'",
    "65, 200, signed variable: SignatureHeaderSize at byte 65: longer than the list",
    "69, 0, signed variable: SignatureSize at byte 69: 0 bytes do not divide 19",
    "69, 18, signed variable: SignatureSize at byte 69: 18 bytes do not divide 19"
  })
  void refusesWhatDoesNotFit(int at, int value, String message) {
    byte[] bytes = update(SecureBootVariable.DB).file(SIGNATURE);
    bytes[at] = (byte) value;
    assertThatThrownBy(() -> VariableFile.read(bytes)).hasMessage(message);
  }

  @Test
  void nothingButMalformedEscapes() {
    byte[] good = update(SecureBootVariable.DB).file(SIGNATURE);
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int flips = random.nextInt(3); flips > 0 && bytes.length > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(VariableFile.read(bytes).certificates()).hasSizeLessThan(3);
      } catch (MalformedException e) {
        assertThat(e).hasMessageStartingWith("signed variable: ");
      }
    }
  }
}
