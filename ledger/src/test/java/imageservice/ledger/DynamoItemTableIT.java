package imageservice.ledger;

import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The contract on LocalStack, in the profile `localstack`.
final class DynamoItemTableIT extends ItemTableContract {
  private static final String TABLE = "builds";
  private static final DynamoDbClient DYNAMO = connect(LocalStack.endpoint("dynamodb"));

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

  private static DynamoDbClient connect(URI endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(LocalStack.ACCESS_KEY, LocalStack.SECRET_KEY)))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }
}
