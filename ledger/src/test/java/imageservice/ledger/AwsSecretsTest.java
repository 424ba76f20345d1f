package imageservice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

@Timeout(60)
final class AwsSecretsTest {
  private static final String ARN = "arn:aws:secretsmanager:eu-central-1:1:secret:id-key-AbCdEf";

  private final List<String> asked = new ArrayList<>();
  private HttpServer server = server();
  private String answer = "{\"SecretString\":\"00ff\\n\"}";
  private int status = 200;

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void readsTheSecretThatAVariableNames() {
    assertThat(secrets().reveal("ID_KEY_HEX", ARN)).isEqualTo("00ff");
    assertThat(asked).containsExactly("{\"SecretId\":\"" + ARN + "\"}");
  }

  @Test
  void asksNobodyForWhatIsNoSecret() {
    assertThat(secrets().reveal("ID_KEY_HEX", "00ff")).isEqualTo("00ff");
    assertThat(asked).isEmpty();
  }

  @Test
  void saysWhichVariableCannotBeRead() {
    status = 400;
    answer = "{\"__type\":\"AccessDeniedException\",\"Message\":\"role/x is not authorized\"}";
    assertThatThrownBy(() -> secrets().reveal("SOURCE_CREDENTIALS", ARN))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("SOURCE_CREDENTIALS: its secret: status 400, AccessDeniedException");
  }

  @Test
  void refusesASecretThatIsNoText() {
    answer = "{\"SecretBinary\":\"AAEC\"}";
    assertThatThrownBy(() -> secrets().reveal("ID_KEY_HEX", ARN))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("ID_KEY_HEX: its secret is no text");
  }

  private AwsSecrets secrets() {
    return new AwsSecrets(() ->
        SecretsManagerClient.builder()
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(
                java.net.URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .build());
  }

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
