package imageservice.builder.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DerTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_535, 65_536, 1 << 20})
  void readsWhatItWrites(int length) throws Exception {
    Bytes content = Bytes.of(new byte[length]);
    Bytes written = Der.encode(Der.OCTET_STRING, content);
    assertThat(Der.only(written)).isEqualTo(new Der(Der.OCTET_STRING, content, written));
  }

  @ParameterizedTest
  @CsvSource({
    "'', not one value",
    "04, ends early",
    "0401, ends early",
    "048000, unknown length", // without an end
    "048101aa, unknown length", // longer than need be
    "04820080, unknown length", // a leading zero
    "0484010000000a, unknown length",
    "1f0100, unknown tag",
    "0400 0400, not one value",
    "048200, ends early",
    "0483200000, unknown length",
  })
  void refuses(String hex, String why) throws Exception {
    Bytes bytes = Bytes.ofHex(hex.replace(" ", ""), "hex");
    assertThatThrownBy(() -> Der.only(bytes))
        .isInstanceOf(UntrustedException.class)
        .hasMessageContaining(why);
  }

  @Test
  void refusesManyValues() throws Exception {
    Bytes many = Bytes.of(new byte[2 * 1_001]);
    assertThatThrownBy(() -> Der.only(Der.encode(Der.SEQUENCE, many)).values())
        .isInstanceOf(UntrustedException.class)
        .hasMessage("DER of too many values");
  }

  /// A length of five bytes whose lower four are right.
  @Test
  void refusesALengthBeyondANumber() throws Exception {
    Bytes long32 = Bytes.ofHex("04850100000080" + "00".repeat(128), "hex");
    assertThatThrownBy(() -> Der.only(long32))
        .isInstanceOf(UntrustedException.class)
        .hasMessage("DER of an unknown length");
  }

  @Test
  void refusesAnotherKindOrPlace() throws Exception {
    Der sequence = Der.only(Bytes.ofHex("3003020105", "hex"));
    assertThat(sequence.at(0, Der.INTEGER).content().hex()).isEqualTo("05");
    assertThatThrownBy(() -> sequence.at(0, Der.OID)).hasMessage("DER of tag 0x02, expected 0x06");
    assertThatThrownBy(() -> sequence.at(1, Der.OID)).hasMessage("DER that ends early");
  }
}
