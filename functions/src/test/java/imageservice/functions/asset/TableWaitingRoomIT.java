package imageservice.functions.asset;

import imageservice.ledger.DynamoItemTable;
import imageservice.ledger.DynamoTables;
import imageservice.ledger.ItemTable;
import imageservice.localstack.LocalStack;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The contract on a table of LocalStack.
final class TableWaitingRoomIT extends TableWaitingRoomContract {
  private static final DynamoDbClient DYNAMO =
      LocalStack.configured(DynamoDbClient.builder()).build();

  @AfterAll
  static void close() {
    DYNAMO.close();
  }

  @Override
  ItemTable emptyTable() {
    String name = "waiting-" + UUID.randomUUID();
    DynamoTables.create(DYNAMO, name);
    return new DynamoItemTable(() -> DYNAMO, name);
  }
}
