package imageservice.formats.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PcrTest {
  @Test
  void startsAtZero() {
    assertThat(Pcr.zero(PcrBank.SHA384))
        .hasToString("sha384:" + "00".repeat(48))
        .isEqualTo(Pcr.zero(PcrBank.SHA384))
        .isNotEqualTo(Pcr.zero(PcrBank.SHA256));
  }

  /// By `printf enter-initrd | openssl sha256 -binary | cat <(head -c 32 /dev/zero) - | sha256sum`.
  @Test
  void extendsByTheDigestOfTheContent() {
    Digests word = Digests.of("enter-initrd".getBytes(StandardCharsets.US_ASCII));
    assertThat(Pcr.zero(PcrBank.SHA256).extend(word).hex())
        .isEqualTo("d15b0e8e244e65c40f024e95773f2347ce4ef3ffe6b597c9a14b50bbab6df319");
  }

  @ParameterizedTest
  @CsvSource({"-1, register -1", "24, register 24"})
  void refusesRegistersThatAreNone(int register, String message) {
    assertThatThrownBy(() -> Pcr.zero(PcrBank.SHA256).policy(register)).hasMessage(message);
  }

  @Test
  void aPolicyDependsOnRegisterBankAndValue() {
    Pcr zero = Pcr.zero(PcrBank.SHA256);
    assertThat(zero.policy(11)).hasSize(32).isEqualTo(zero.policy(11));
    assertThat(hex(zero.policy(11))).isNotEqualTo(hex(zero.policy(10)));
    assertThat(hex(zero.policy(11))).isNotEqualTo(hex(Pcr.zero(PcrBank.SHA512).policy(11)));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
