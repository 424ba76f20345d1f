package imageservice.ledger;

import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The contract on LocalStack, in the profile `localstack`: a container of its own where there is
/// an engine, or the one at `-Dlocalstack.endpoint=URL`.
final class DynamoItemTableIT extends ItemTableContract {
  private static final String TABLE = "builds";
  private static final DynamoDbClient DYNAMO = connect(endpoint());

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

  /// The container ends with this JVM.
  private static URI endpoint() {
    String given = System.getProperty("localstack.endpoint", "");
    if (!given.isEmpty()) {
      return URI.create(given);
    }
    LocalStackContainer container =
        new LocalStackContainer(DockerImageName.parse("localstack/localstack:4.14.0"))
            .withServices("dynamodb");
    container.start();
    return container.getEndpoint();
  }

  private static DynamoDbClient connect(URI endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }
}
