package imageservice.builder.store;

import imageservice.localstack.LocalStack;
import org.junit.jupiter.api.AfterAll;

/// The contract on LocalStack.
final class S3MaterialIT extends S3MaterialContract {
  private final CountedS3 s3 = new CountedS3(LocalStack.endpoint());

  @AfterAll
  void close() {
    s3.close();
  }

  @Override
  CountedS3 s3() {
    return s3;
  }
}
