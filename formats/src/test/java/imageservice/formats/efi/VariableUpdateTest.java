package imageservice.formats.efi;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.struct.Guid;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VariableUpdateTest {
  private static final Guid OWNER = Guid.parse("77fa9abd-0359-4d32-bd60-28f4e78f784b");
  private static final byte[] CERTIFICATE = {0x30, 1, 0};
  private static final SignatureList LIST = new SignatureList(OWNER, CERTIFICATE);

  /// 2019-06-01T21:34:52Z.
  private static final long TIME = 1_559_424_892L;

  private static final String TIME_BYTES = "e30706011522340000000000" + "00000000";
  private static final String LIST_BYTES =
      "a159c0a5e494a74a87b5ab155c2bf072"
          + "2f000000"
          + "00000000"
          + "13000000"
          + "bd9afa775903324dbd6028f4e78f784b"
          + "300100";

  @Test
  void aListHasOneCertificateAndItsOwner() {
    assertThat(hex(LIST.toBytes())).isEqualTo(LIST_BYTES);
  }

  @ParameterizedTest
  @CsvSource({
    "PK, 61dfe48bca93d211aa0d00e098032b8c",
    "KEK, 61dfe48bca93d211aa0d00e098032b8c",
    "DB, cbb219d73a3d9645a3bcdad00e67656f"
  })
  void whatIsSignedBeginsWithTheVariablesName(SecureBootVariable variable, String vendor) {
    String name = hex(variable.toString().getBytes(StandardCharsets.UTF_16LE));
    assertThat(hex(new VariableUpdate(variable, TIME, List.of(LIST)).signed()))
        .isEqualTo(name + vendor + "27000000" + TIME_BYTES + LIST_BYTES);
  }

  @Test
  void aFileIsTimeSignatureAndLists() {
    byte[] signature = {1, 2, 3, 4, 5};
    VariableUpdate update = new VariableUpdate(SecureBootVariable.DB, TIME, List.of(LIST, LIST));
    assertThat(hex(update.file(signature)))
        .isEqualTo(
            TIME_BYTES
                + "1d000000"
                + "0002"
                + "f10e"
                + "9dd2af4adf68ee498aa9347d375665a7"
                + "0102030405"
                + LIST_BYTES
                + LIST_BYTES);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
