package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `./deploy` where something is missing: a line for each thing, and nothing is begun.
@Timeout(300)
final class DeployPreflightTest {
  private static final String REGION =
      "deploy: no AWS region: set AWS_REGION, or run: aws configure set region REGION";
  private static final String CREDENTIALS =
      "deploy: no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,"
          + " or run: aws configure";

  private static final String[] GIVEN = {"-c", "insecureSources=true"};

  @TempDir private Path folder = Path.of("unset");
  private DeployTool tool = new DeployTool(folder, Map.of());

  @BeforeEach
  void makeTool() throws IOException {
    Command.require("node");
    tool = DeployTool.in(folder);
  }

  @Test
  void credentials() throws Exception {
    refused(tool.with(Map.of("AWS_REGION", "eu-central-1")).run("deploy", GIVEN), CREDENTIALS);
  }

  @Test
  void aRegionAndCredentials() throws Exception {
    refused(tool.run("deploy", GIVEN), REGION, CREDENTIALS);
  }

  @Test
  void node() throws Exception {
    DeployTool without =
        tool.without("node").with(Map.of("AWS_REGION", "x", "DEPLOY_LEAST_NODE", "22"));
    refused(
        without.run("deploy", GIVEN),
        "deploy: Node 22 or later is needed, and none is on the PATH: install it"
            + " (https://nodejs.org), npx with it",
        CREDENTIALS);
    ServiceUnderTest.delete(folder.resolve("without-node"));
  }

  @Test
  void settingsThatCanBeMeant() throws Exception {
    DeployTool here = tool.with(Map.of("AWS_REGION", "eu-central-1"));
    refused(here.run("deploy"), CREDENTIALS);
    refused(
        here.run("deploy", "-c", "insecureSources=true", "-c", "maxBuilders=many"),
        CREDENTIALS,
        "deploy: maxBuilders, a number from 1 to 1000: many");
    refused(
        here.run("deploy", "-c", "insecureSources=true", "-c", "maxBuilder=1"),
        CREDENTIALS,
        "deploy: there is no setting maxBuilder; docs/deploying.md has them all");
    refused(here.run("destroy", GIVEN), CREDENTIALS.replace("deploy: ", "destroy: "));
  }

  @Test
  void aKitInTheFolderThatIsSaidToHoldOne() throws Exception {
    refused(
        tool.run("deploy", "-c", "insecureSources=true", "--grub-kit", "/nowhere"),
        REGION,
        CREDENTIALS,
        "deploy: /nowhere holds no kit.json: give --grub-kit another folder");
  }

  private void refused(Command.Result result, String... lines) throws IOException {
    assertThat(result.output().lines()).containsExactly(lines);
    assertThat(result.status()).isEqualTo(1);
    assertThat(tool.npx()).isEmpty();
    assertThat(tool.settings()).doesNotExist();
    assertThat(Files.exists(folder.resolve("cache"))).isFalse();
  }
}
