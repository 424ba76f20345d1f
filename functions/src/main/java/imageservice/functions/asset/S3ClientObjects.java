package imageservice.functions.asset;

import imageservice.ledger.AwsFailure;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Asks by the SDK's client, which tries again where S3 is busy.
public final class S3ClientObjects implements S3Objects {
  private static final int NOT_FOUND = 404;

  private final Supplier<S3Client> s3;
  private final String bucket;

  public S3ClientObjects(Supplier<S3Client> s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  @Override
  public Optional<AssetLinks.Found> find(String key) throws IOException {
    try {
      HeadObjectResponse object = s3.get().headObject(head -> head.bucket(bucket).key(key));
      return Optional.of(
          new AssetLinks.Found(
              object.contentLength(), object.eTag(), object.lastModified(), object.contentType()));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw AwsFailure.of("the asset store", e);
    } catch (SdkException e) {
      throw AwsFailure.of("the asset store", e);
    }
  }

  @Override
  public Optional<byte[]> read(String key, int most) throws IOException {
    ResponseTransformer<GetObjectResponse, byte[]> read = (response, in) -> in.readNBytes(most + 1);
    try {
      byte[] bytes = s3.get().getObject(get -> get.bucket(bucket).key(key), read);
      return Optional.of(S3Objects.atMost(most, bytes));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw AwsFailure.of("the asset store", e);
    }
  }
}
