package imageservice.functions.release;

import imageservice.json.JsonText;
import imageservice.ledger.AwsFailure;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/// Invokes the indexer's Lambda function asynchronously, with the event `{"version":"v1.9.5"}`.
public final class LambdaIndexerInvocation implements IndexerInvocation {
  private final Supplier<LambdaClient> lambda;
  private final String function;

  public LambdaIndexerInvocation(Supplier<LambdaClient> lambda, String function) {
    this.lambda = lambda;
    this.function = function;
  }

  @Override
  public void start(TalosVersion version) throws IOException {
    String event = JsonText.object().put("version", version.toString()).toString();
    try {
      lambda
          .get()
          .invoke(invoke ->
              invoke
                  .functionName(function)
                  .invocationType(InvocationType.EVENT)
                  .payload(SdkBytes.fromUtf8String(event)));
    } catch (SdkException e) {
      throw AwsFailure.of("the indexer", e);
    }
  }
}
