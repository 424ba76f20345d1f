package imageservice.ledger;

import imageservice.localstack.LocalStack;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The contract on a table of LocalStack.
final class PlacesIT extends PlacesContract {
  private static final DynamoDbClient DYNAMO =
      LocalStack.configured(DynamoDbClient.builder()).build();

  @AfterAll
  static void close() {
    DYNAMO.close();
  }

  @Override
  ItemTable emptyTable() {
    String name = "places-" + UUID.randomUUID();
    DynamoTables.create(DYNAMO, name);
    return new DynamoItemTable(() -> DYNAMO, name);
  }
}
