package imageservice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.json.MalformedJsonException;
import imageservice.plan.BuildPlan;
import imageservice.plan.ObjectKey;
import org.junit.jupiter.api.Test;

final class BuildOrderTest {
  private static final BuildOrder ORDER =
      new BuildOrder(
          new ObjectKey("g1a2b3c4/image/x/v1.9.5/cmdline-metal-amd64"),
          7,
          new BuildPlan.Cmdline("a=\"b\""));

  @Test
  void isReadBack() throws MalformedJsonException {
    assertThat(BuildOrder.parse(ORDER.toJson())).isEqualTo(ORDER);
    assertThat(ORDER.buildId()).isEqualTo(ORDER.objectKey().buildId());
  }

  @Test
  void refusesAnythingElse() {
    assertThatThrownBy(
            () -> BuildOrder.parse(ORDER.toJson().replace("\"fence\":7", "\"fence\":\"7\"")))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage("fence: not an integer");
    assertThatThrownBy(() ->
            BuildOrder.parse(ORDER.toJson().replace("{\"objectKey\"", "{\"x\":1,\"objectKey\"")))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage("x: unknown field");
    assertThatThrownBy(() -> BuildOrder.parse(ORDER.toJson().replace("cmdline/1", "cmdline/9")))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage("recipe: this builder does not know cmdline/9");
  }
}
