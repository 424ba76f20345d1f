package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A shared store that cannot be used is told at the start.
final class SharedStoreRefusalTest {
  private static final String EXTERNAL = "http://factory.example/";

  @TempDir private Path folder = Path.of("");

  @Test
  void aBucketThatIsMissingAndCredentialsThatAreWrongAreNamed() throws Exception {
    try (SharedServers servers = new SharedServers(folder.resolve("shared"))) {
      List<String> options = servers.options(EXTERNAL);
      assertThat(refusal(SharedServers.CREDENTIALS, with(options, "s3://assets/", "s3://nothere")))
          .startsWith("image-service: --store s3://nothere: there is no such bucket at http://127.")
          .endsWith("; make it first\n");
      assertThat(
              refusal(Map.of("AWS_ACCESS_KEY_ID", "user", "AWS_SECRET_ACCESS_KEY", "x"), options))
          .contains(" refuses the credentials in AWS_ACCESS_KEY_ID", "SignatureDoesNotMatch");
      assertThat(refusal(SharedServers.CREDENTIALS, with(options, options.get(7), nowhere())))
          .contains("--tables dynamodb: no answer from --dynamodb-endpoint http://127.");
      servers.stopBucket();
      assertThat(refusal(SharedServers.CREDENTIALS, options))
          .contains("--store s3://assets: no answer from --s3-endpoint http://127.");
      servers.startBucket();
    }
  }

  @Test
  void halfOfWhatInstancesShareIsRefused() throws Exception {
    assertThat(refusal(Map.of(), List.of("--store", "s3://assets")))
        .isEqualTo(
            "image-service: --store: a store that instances share needs tables that they share; add --tables dynamodb\n");
    assertThat(refusal(Map.of(), List.of("--tables", "dynamodb")))
        .endsWith("add --store s3://BUCKET\n");
    assertThat(refusal(Map.of(), List.of("--store", "s3://assets", "--tables", "dynamodb")))
        .contains("add --external-url, the same for each");
    assertThat(refusal(Map.of(), List.of("--s3-endpoint", "http://127.0.0.1:9000")))
        .isEqualTo("image-service: --s3-endpoint: only with --store s3://BUCKET\n");
    assertThat(
            refusal(
                Map.of(),
                List.of(
                    "--store", "file:/tmp", "--tables", "dynamodb", "--external-url", EXTERNAL)))
        .isEqualTo("image-service: --store file:/tmp: give it as s3://BUCKET\n");
  }

  private static String nowhere() throws Exception {
    return "http://127.0.0.1:" + FreePort.find();
  }

  private static List<String> with(List<String> options, String old, String other) {
    List<String> changed = new ArrayList<>(options);
    changed.replaceAll(each -> each.equals(old) ? other : each);
    return changed;
  }

  private String refusal(Map<String, String> environment, List<String> options) throws Exception {
    Machine machine = Machine.in(folder);
    try (ServiceProcess serve = machine.begin(environment, 0, options.toArray(String[]::new))) {
      assertThat(serve.awaitExit()).isEqualTo(1);
      return serve.log();
    }
  }
}
