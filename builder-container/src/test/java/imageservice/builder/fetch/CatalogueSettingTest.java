package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.trust.Policy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogueSettingTest {
  @Test
  void hasAPrefixAndAPolicy() {
    List<CatalogueSetting> settings =
        CatalogueSetting.parse(
            List.of(
                "ghcr.io/my-org/",
                "http://r.example:5000/talos@insecure",
                "r.example/a/b/@keyless:https://accounts.example,@my-org"));
    assertThat(settings)
        .extracting(setting -> setting.prefix().toString())
        .containsExactly("ghcr.io/my-org/", "r.example:5000/talos/", "r.example/a/b/");
    assertThat(settings.getFirst().policy()).isEqualTo(new SourcePolicy.Signed(Policy.OFFICIAL));
    assertThat(settings.get(1).policy()).isEqualTo(new SourcePolicy.Insecure());
    assertThat(settings.getLast().policy()).isInstanceOf(SourcePolicy.Signed.class);
    assertThat(CatalogueSetting.parse(List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', not a registry prefix",
    "@insecure, not a registry prefix",
    "ghcr.io/my-org/@everybody, not a policy; give official",
    "ghcr.io/my-org/@, not a policy",
    "ghcr.io/My Org/, 'ghcr.io/My Org/: '",
    "ghcr.io/my-org/@key:nothing, nothing is neither a file",
  })
  void othersAreToldWhatToWrite(String text, String problem) {
    assertThatThrownBy(() -> CatalogueSetting.parse(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining("write PREFIX[@POLICY]");
  }

  @Test
  void oneIsNotNamedTwice() {
    assertThatThrownBy(
            () -> CatalogueSetting.parse(List.of("ghcr.io/a/", "https://GHCR.io/a@insecure")))
        .hasMessage("ghcr.io/a/ is named twice");
  }
}
