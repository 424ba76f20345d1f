package imageservice.ledger;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;

/// The contract on DynamoDB Local, in this process and without a port. Its licence allows it in
/// tests only.
final class DynamoItemTableTest extends ItemTableContract {
  private static final DynamoDbClient DYNAMO = DynamoDBEmbedded.create(true).dynamoDbClient();

  @BeforeAll
  static void createTable() {
    DYNAMO.createTable(create ->
        create
            .tableName("builds")
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                AttributeDefinition.builder()
                    .attributeName("pk")
                    .attributeType(ScalarAttributeType.S)
                    .build())
            .keySchema(
                KeySchemaElement.builder().attributeName("pk").keyType(KeyType.HASH).build()));
  }

  @AfterAll
  static void close() {
    DYNAMO.close();
  }

  @Override
  protected ItemTable table() throws IOException {
    return new DynamoItemTable(DYNAMO, "builds");
  }
}
