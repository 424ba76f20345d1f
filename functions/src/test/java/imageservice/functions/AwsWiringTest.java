package imageservice.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.configuration.IdRule;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class AwsWiringTest {
  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              "EXTERNAL_URL", "https://factory.example/",
              "CONFIGURATIONS_TABLE", "configurations",
              "BUILDS_TABLE", "builds",
              "ASSET_BUCKET", "assets",
              "BUILDER_FUNCTION", "build",
              "INDEX_FUNCTION", "index",
              "AWS_REGION", "eu-central-1"));

  @Test
  void needsNothingButItsEnvironment() {
    FunctionsWiring wiring = new AwsWiring(environment).wiring();
    assertThat(wiring.settings().idRule().get()).isEqualTo(new IdRule.Plain());
    assertThat(wiring.settings().pxeUrl()).isEqualTo("https://factory.example/");
    for (Endpoint.Owner function : Endpoint.Owner.values()) {
      assertThat(wiring.router(function)).isNotNull();
    }
  }

  @Test
  void theKeyOfIdsIsReadWhereIdsAreMade() {
    environment.put("ID_KEY_HEX", "no key");
    FunctionsWiring wiring = new AwsWiring(environment).wiring();
    assertThat(wiring.router(Endpoint.Owner.RELEASE)).isNotNull();
    Supplier<IdRule> rule = wiring.settings().idRule();
    assertThatThrownBy(rule::get)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("ID_KEY_HEX: not a key: bytes in lower-case hex are wanted");
    environment.put("ID_KEY_HEX", "00ff");
    assertThat(new AwsWiring(environment).wiring().settings().idRule().get())
        .isEqualTo(new IdRule.Keyed("00ff"));
  }

  @Test
  void refusesATimeThatIsNone() {
    environment.put("LINK_MINUTES", "an hour");
    assertThatThrownBy(() -> new AwsWiring(environment).wiring())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("LINK_MINUTES: not a number: an hour");
  }
}
