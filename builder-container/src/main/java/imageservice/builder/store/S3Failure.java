package imageservice.builder.store;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// What clients may read of a failure of the store.
final class S3Failure {
  static final int NOT_FOUND = 404;
  static final int CONFLICT = 409;
  static final int PRECONDITION_FAILED = 412;

  private S3Failure() {}

  static StoreException of(SdkException e) {
    return e instanceof S3Exception refusal
        ? new StoreException("the asset store refuses: " + described(refusal), e)
        : new StoreException("the asset store cannot be reached", e);
  }

  static boolean isStatus(SdkException e, int status) {
    return e instanceof S3Exception refusal && refusal.statusCode() == status;
  }

  /// Whether something that was to be copied is gone, or the object came out as another than it
  /// should be.
  static boolean isOfCopying(SdkException e) {
    return isStatus(e, NOT_FOUND)
        || (e instanceof S3Exception refusal && code(refusal).equals("BadDigest"));
  }

  /// Status and code: the service's own words can name bucket, account and role.
  private static String described(S3Exception refusal) {
    String code = code(refusal);
    return code.isEmpty()
        ? "status " + refusal.statusCode()
        : "status %d, %s".formatted(refusal.statusCode(), code);
  }

  private static String code(S3Exception refusal) {
    AwsErrorDetails details = refusal.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }
}
