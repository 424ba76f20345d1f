package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.trust.Policy;
import imageservice.builder.trust.SigstoreWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SourcePolicyTest {
  @TempDir private Path folder = Path.of("unset");

  @Test
  void readsEachOfItsForms() throws IOException {
    assertThat(SourcePolicy.parse(" official")).isEqualTo(new SourcePolicy.Signed(Policy.OFFICIAL));
    assertThat(SourcePolicy.parse("insecure")).isEqualTo(new SourcePolicy.Insecure());
    assertThat(SourcePolicy.parse("keyless:https://a.example,^me@a\\.example$"))
        .asString()
        .contains("keyless:https://a.example,~^me@a\\.example$");
    String pem = new SigstoreWorld().ownKeyPem();
    Policy key = Policy.byKey(pem);
    Path file = Files.writeString(folder.resolve("key.pub"), pem);
    assertThat(SourcePolicy.parse("key:" + file)).isEqualTo(new SourcePolicy.Signed(key));
    assertThat(SourcePolicy.parse(key.toString())).isEqualTo(new SourcePolicy.Signed(key));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | not a policy; give official, keyless:ISSUER,SUBJECT, key:FILE or insecure",
        "Official | not a policy; give official, keyless:ISSUER,SUBJECT, key:FILE or insecure",
        "official:x | not a policy; give official, keyless:ISSUER,SUBJECT, key:FILE or insecure",
        "keyless:https://a.example | not ISSUER,SUBJECT: https://a.example",
        "key:/nowhere/key | /nowhere/key is neither a file that can be read nor a public key"
      })
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> SourcePolicy.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void aFileWithoutAKeyIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "nothing");
    assertThatThrownBy(() -> SourcePolicy.parse("key:" + file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ": not a public key in PEM: ");
  }
}
