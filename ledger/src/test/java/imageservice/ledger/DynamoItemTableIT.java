package imageservice.ledger;

import imageservice.localstack.LocalStack;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The contract on LocalStack.
final class DynamoItemTableIT extends ItemTableContract {
  private static final String TABLE = "builds-" + UUID.randomUUID();
  private static final DynamoDbClient DYNAMO =
      LocalStack.configured(DynamoDbClient.builder()).build();

  @BeforeAll
  static void createTable() {
    DynamoTables.create(DYNAMO, TABLE);
  }

  @AfterAll
  static void close() {
    DYNAMO.close();
  }

  @Override
  protected ItemTable table() {
    return new DynamoItemTable(() -> DYNAMO, TABLE);
  }
}
