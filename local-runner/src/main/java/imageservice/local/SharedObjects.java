package imageservice.local;

import imageservice.functions.http.Validators;
import imageservice.ledger.AwsFailure;
import java.io.IOException;
import java.io.InputStream;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Objects of a shared bucket, as the gateway sends them.
final class SharedObjects {
  private static final int NOT_FOUND = 404;
  private static final String STORE = "the asset store";

  private SharedObjects() {}

  /// The object of a key; empty where there is none.
  static Optional<StoredFile> find(S3Client s3, String bucket, String key) throws IOException {
    try {
      HeadObjectResponse object = s3.headObject(head -> head.bucket(bucket).key(key));
      return Optional.of(
          new StoredFile(
              new StoreBytes(
                  (offset, length) -> open(s3, bucket, key, object.eTag(), offset, length)),
              object.contentLength(),
              ObjectStore.headers(object),
              new Validators(
                  Optional.ofNullable(object.eTag()),
                  Optional.of(object.lastModified().truncatedTo(ChronoUnit.SECONDS)))));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw AwsFailure.of(STORE, e);
    } catch (SdkException e) {
      throw AwsFailure.of(STORE, e);
    }
  }

  /// Of the very object that was found, as another may be there by now. An empty object has no
  /// range.
  private static InputStream open(
      S3Client s3, String bucket, String key, String tag, long offset, long length)
      throws IOException {
    if (length == 0) {
      return InputStream.nullInputStream();
    }
    String range = "bytes=%d-%d".formatted(offset, offset + length - 1);
    try {
      return s3.getObject(get -> get.bucket(bucket).key(key).ifMatch(tag).range(range));
    } catch (SdkException e) {
      throw AwsFailure.of(STORE, e);
    }
  }
}
