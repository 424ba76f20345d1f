package imageservice.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Whatever somebody posts, only {@link InvalidConfigurationException} escapes, and what is taken
/// means what its text says.
final class ConfigurationFuzzTest {
  @FuzzTest
  void onlyInvalidConfigurationEscapes(byte[] document) {
    try {
      Configuration configuration = new ConfigurationDecoder(false).decode(document);
      NamedConfiguration named =
          CanonicalForms.of(configuration, new IdRule.Plain(), Dialect.PRIMARY).primary();
      assertThat(Meaning.of(named.text())).isEqualTo(named.configuration());
    } catch (InvalidConfigurationException expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }
}
