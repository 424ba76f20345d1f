package imageservice.ledger;

import java.io.IOException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// A call of an AWS service that failed, as clients of this service may read it: the service's own
/// words, which can name buckets, functions, accounts and roles, are in the cause alone.
public final class AwsFailure {
  private AwsFailure() {}

  /// @param what cannot be used, such as `the store of plans`
  public static IOException of(String what, SdkException e) {
    String reason =
        e instanceof AwsServiceException refusal
            ? "status %d, %s".formatted(refusal.statusCode(), code(refusal))
            : "it cannot be reached";
    return new IOException(what + ": " + reason, e);
  }

  private static String code(AwsServiceException refusal) {
    return refusal.awsErrorDetails() == null || refusal.awsErrorDetails().errorCode() == null
        ? "no reason given"
        : refusal.awsErrorDetails().errorCode();
  }
}
