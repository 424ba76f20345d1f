package imageservice.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DigestTest {
  /// FIPS 180-4's example.
  @Test
  void isTheHashOfTheBytes() {
    Digest digest = Digest.of("abc".getBytes(StandardCharsets.UTF_8));
    String hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertThat(digest.hex()).isEqualTo(hex);
    assertThat(digest).hasToString("sha256:" + hex);
    assertThat(Digest.parse("sha256:" + hex)).contains(digest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sha256:", "sha512:ab", "sha256:ABCDEF", "sha256:foo"})
  void anythingElseIsNone(String text) {
    assertThat(Digest.parse(text)).isEmpty();
    assertThatThrownBy(() -> new Digest(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a sha256 digest: " + text);
  }
}
