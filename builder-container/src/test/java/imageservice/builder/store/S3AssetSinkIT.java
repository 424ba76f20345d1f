package imageservice.builder.store;

import imageservice.ledger.Retention;
import imageservice.localstack.LocalStack;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.s3.S3Client;

/// The contract on LocalStack.
final class S3AssetSinkIT extends AssetSinkContract {
  private static final S3Client S3 = LocalStack.s3();

  private final String bucket = "assets-" + UUID.randomUUID();

  @BeforeEach
  void createBucket() {
    S3.createBucket(create -> create.bucket(bucket));
  }

  @AfterAll
  static void close() {
    S3.close();
  }

  @Override
  protected AssetSink sink() {
    return new S3AssetSink(() -> S3, bucket, BUFFERS, InstantSource.system(), Retention.FRESH);
  }

  @Override
  protected Optional<Kept> find(String key) throws IOException {
    return TestS3.find(S3, bucket, key);
  }
}
