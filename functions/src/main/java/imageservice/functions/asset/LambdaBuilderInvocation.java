package imageservice.functions.asset;

import imageservice.ledger.BuildOrder;
import java.io.IOException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/// Invokes the builder's Lambda function asynchronously, with the order's JSON as the event.
public final class LambdaBuilderInvocation implements BuilderInvocation {
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
    } catch (SdkException e) {
      throw new IOException("builder function: " + e.getMessage(), e);
    }
  }
}
