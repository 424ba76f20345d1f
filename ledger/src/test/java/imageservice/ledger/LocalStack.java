package imageservice.ledger;

import java.net.URI;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/// LocalStack for contract tests, in the profile `localstack`: the one at
/// `-Dlocalstack.endpoint=URL`, or a container of its own, which ends with this JVM.
public final class LocalStack {
  public static final String ACCESS_KEY = "test";
  public static final String SECRET_KEY = "test";

  private LocalStack() {}

  /// Where a service answers, `dynamodb` or `s3`.
  public static URI endpoint(String service) {
    String given = System.getProperty("localstack.endpoint", "");
    if (!given.isEmpty()) {
      return URI.create(given);
    }
    LocalStackContainer container =
        new LocalStackContainer(DockerImageName.parse("localstack/localstack:4.14.0"))
            .withServices(service);
    container.start();
    return container.getEndpoint();
  }
}
