package imageservice.local;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/// Why a start finds that a shared store cannot be used, in one line that says what to do.
final class SharedRefusal {
  private static final Set<Integer> OF_CREDENTIALS = Set.of(401, 403);

  /// What DynamoDB answers with status 400.
  private static final Set<String> NAMES_OF_CREDENTIALS =
      Set.of(
          "AccessDeniedException",
          "InvalidSignatureException",
          "MissingAuthenticationTokenException",
          "UnrecognizedClientException");

  private static final String CREDENTIALS =
      "the credentials in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or in the profile of AWS_PROFILE";

  private SharedRefusal() {}

  static CommandException noCredentials() {
    return new CommandException(
        StoreOptions.STORE + ": there are no credentials; set " + CREDENTIALS);
  }

  static CommandException ofBucket(SharedStore store, SdkException e) {
    String what = StoreOptions.STORE + " s3://" + store.bucket();
    return e instanceof NoSuchBucketException
        ? new CommandException(
            "%s: there is no such bucket%s; make it first"
                .formatted(what, store.s3().map(address -> " at " + address).orElse("")))
        : of(what, StoreOptions.S3, store.s3(), e);
  }

  static CommandException ofTables(SharedStore store, SdkException e) {
    return of(StoreOptions.TABLES + " dynamodb", StoreOptions.DYNAMODB, store.dynamodb(), e);
  }

  private static CommandException of(
      String what, String option, Optional<URI> address, SdkException e) {
    String where = address.map(given -> option + " " + given).orElse("AWS's own address");
    if (!(e instanceof AwsServiceException refusal)) {
      return new CommandException(
          "%s: no answer from %s: %s; see that it runs and can be reached from here"
              .formatted(what, where, reason(e)));
    }
    String code = code(refusal);
    boolean isOfCredentials =
        OF_CREDENTIALS.contains(refusal.statusCode()) || NAMES_OF_CREDENTIALS.contains(code);
    return new CommandException(
        isOfCredentials
            ? "%s: %s refuses %s: %s".formatted(what, where, CREDENTIALS, described(refusal, code))
            : "%s: %s answers %s".formatted(what, where, described(refusal, code)));
  }

  private static String described(AwsServiceException refusal, String code) {
    return code.isEmpty()
        ? "status " + refusal.statusCode()
        : "status %d, %s".formatted(refusal.statusCode(), code);
  }

  private static String code(AwsServiceException refusal) {
    return refusal.awsErrorDetails() == null || refusal.awsErrorDetails().errorCode() == null
        ? ""
        : refusal.awsErrorDetails().errorCode();
  }

  /// One line of what may be several.
  private static String reason(SdkException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
