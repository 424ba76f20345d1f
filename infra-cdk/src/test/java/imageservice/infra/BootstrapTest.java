package imageservice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/// What the preflight asks for is what the template refuses to do without.
final class BootstrapTest {
  @Test
  void thePreflightAsksForTheBootstrapThatTheTemplateNeeds() {
    JsonNode refused =
        Synthesis.standard()
            .json()
            .at("/Rules/CheckBootstrapVersion/Assertions/0/Assert/Fn::Not/0/Fn::Contains/0");
    assertThat(refused.size()).isEqualTo(ImageServiceStack.LEAST_BOOTSTRAP - 1);
    assertThat(refused.get(refused.size() - 1).asInt())
        .isEqualTo(ImageServiceStack.LEAST_BOOTSTRAP - 1);
  }
}
