package imageservice.infra.deploy;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// The function that reads which releases there are, for which its schedule would take minutes.
record LambdaIndex(AwsAccess access, String function) {
  private static final String REMEDY =
      "it is asked again every five minutes; ./deploy may be run again at any time";

  void read() throws DeployException {
    try (LambdaClient lambda = access.configured(LambdaClient.builder()).build()) {
      InvokeResponse answer =
          lambda.invoke(
              invoke -> invoke.functionName(function).payload(SdkBytes.fromUtf8String("{}")));
      if (answer.functionError() != null) {
        throw new DeployException(
            "the service is deployed, and has not read which releases there are: "
                + answer.payload().asUtf8String().replaceAll("\\s+", " ")
                + "; "
                + REMEDY);
      }
    } catch (SdkException e) {
      throw DeployException.of(
          "the service is deployed, and its function " + function + " does not answer", e, REMEDY);
    }
  }
}
