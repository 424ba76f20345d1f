package imageservice.ledger;

import imageservice.localstack.LocalStack;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3Client;

/// The contract on LocalStack.
final class S3PlanStoreIT extends PlanStoreContract {
  private static final String BUCKET = "plans-" + UUID.randomUUID();
  private static final S3Client S3 = LocalStack.s3();

  @BeforeAll
  static void createBucket() {
    S3.createBucket(create -> create.bucket(BUCKET));
  }

  @AfterAll
  static void close() {
    S3.close();
  }

  @Override
  protected PlanStore store() {
    return new S3PlanStore(() -> S3, BUCKET);
  }
}
