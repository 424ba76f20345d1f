package imageservice.infra;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.services.sqs.Queue;

final class NagTest {
  @Test
  void theChecksOfAwsSolutionsFindNothingThatHasNoReason() {
    for (Synthesis stack : List.of(Synthesis.standard(), Synthesis.everything())) {
      Annotations found = stack.annotations();
      assertThatCode(() -> found.hasNoError("*", Match.anyValue())).doesNotThrowAnyException();
      assertThatCode(() -> found.hasNoWarning("*", Match.stringLikeRegexp("AwsSolutions-.*")))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void theChecksFindAQueueThatTakesPlainHttp() {
    Stack stack = new Stack(new App(), "Open");
    Queue.Builder.create(stack, "Queue").build();
    Aspects.of(stack).add(AwsSolutionsChecks.Builder.create().build());
    assertThatCode(() ->
            Annotations.fromStack(stack)
                .hasError("*", Match.stringLikeRegexp("AwsSolutions-SQS4.*")))
        .doesNotThrowAnyException();
  }
}
