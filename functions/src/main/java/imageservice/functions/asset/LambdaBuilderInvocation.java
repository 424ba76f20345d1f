package imageservice.functions.asset;

import imageservice.ledger.AwsFailure;
import imageservice.ledger.BuildOrder;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/// Invokes the builder's Lambda function asynchronously, with the order's JSON as the event.
public final class LambdaBuilderInvocation implements BuilderInvocation {
  /// The age at which Lambda gives up an event that no instance of the builder was free for: half
  /// the longest time that a build may take, so that of two orders in turn one meets a free builder
  /// unless none starts.
  public static final Duration OLDEST_ORDER = Duration.ofSeconds(150);

  private static final Duration RETRY = Duration.ofSeconds(10);

  private final Supplier<LambdaClient> lambda;
  private final String function;

  public LambdaBuilderInvocation(Supplier<LambdaClient> lambda, String function) {
    this.lambda = lambda;
    this.function = function;
  }

  @Override
  public void start(BuildOrder order) throws IOException {
    try {
      lambda
          .get()
          .invoke(invoke ->
              invoke
                  .functionName(function)
                  .invocationType(InvocationType.EVENT)
                  .payload(SdkBytes.fromUtf8String(order.toJson())));
    } catch (TooManyRequestsException e) {
      throw new BusyException("busy: too many builds wait for a builder already; ask again", RETRY);
    } catch (SdkException e) {
      throw AwsFailure.of("the builder", e);
    }
  }

  @Override
  public Duration patience() {
    return OLDEST_ORDER;
  }
}
