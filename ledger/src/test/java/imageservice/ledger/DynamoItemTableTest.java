package imageservice.ledger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;

/// The contract on DynamoDB Local, in this process and without a port. Its licence allows it in
/// tests only.
final class DynamoItemTableTest extends ItemTableContract {
  private static final String TABLE = "builds";
  private static final DynamoDbClient DYNAMO = DynamoDBEmbedded.create(true).dynamoDbClient();

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
    return new DynamoItemTable(DYNAMO, TABLE);
  }
}
