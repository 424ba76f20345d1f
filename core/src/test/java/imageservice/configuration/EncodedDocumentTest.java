package imageservice.configuration;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Documents as editors and shells leave them: in UTF-16, with other line ends, without the last.
final class EncodedDocumentTest {
  private final ConfigurationDecoder decoder = new ConfigurationDecoder(false);

  static Stream<Map<String, Object>> blockScalars() {
    return Vectors.blockScalars().stream();
  }

  @ParameterizedTest
  @MethodSource("blockScalars")
  void aDocumentThatEndsWithABlockScalarGetsTheReferencesId(Map<String, Object> vector)
      throws Exception {
    String text = canonical(Vectors.bytes(vector, "body"));
    assertThat(text).isEqualTo(Vectors.text(vector, "canonical"));
    assertThat(new IdRule.Plain().id(text).hex()).isEqualTo(Vectors.text(vector, "id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"customization: {extraKernelArgs: [\u00E9, \"\uD83D\uDE00\"]}\n", "{}"})
  void utf16WithAByteOrderMarkIsReadAsUtf8Is(String document) throws Exception {
    String expected = canonical(document.getBytes(UTF_8));
    for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE)) {
      assertThat(canonical(("\uFEFF" + document).getBytes(charset))).isEqualTo(expected);
    }
  }

  @Test
  void halfACharacterOfUtf16IsRefused() {
    byte[] whole = "\uFEFF{}".getBytes(UTF_16LE);
    assertThatThrownBy(() -> canonical(Arrays.copyOf(whole, whole.length - 1)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage("yaml: load error: the document is not UTF-16");
  }

  private String canonical(byte[] document) throws InvalidConfigurationException {
    return CanonicalText.write(decoder.decode(document), Dialect.PRIMARY);
  }
}
