package imageservice.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.material.TestMaterial;
import imageservice.ledger.BuildState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FunctionsTest extends BuilderFixture {
  @TempDir Path folder = Path.of("unset");

  @Test
  void builderTakesAnOrderAsJson() throws IOException {
    BuilderFunction function = new BuilderFunction(builder(plan -> TestMaterial.NONE, NEVER));
    String order = acquired(KEY, PLAN).toJson();
    function.handleRequest(stream(order), OutputStream.nullOutputStream(), null);
    assertThat(state()).isInstanceOf(BuildState.Ready.class);
  }

  @Test
  void builderRefusesWhatIsNoOrder() {
    BuilderFunction function = new BuilderFunction(builder(plan -> TestMaterial.NONE, NEVER));
    assertThatThrownBy(
            () -> function.handleRequest(stream("{}"), OutputStream.nullOutputStream(), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a build order: ");
  }

  @Test
  void wiringNeedsNothingButItsEnvironment() throws IOException {
    BuilderAwsWiring wiring = new BuilderAwsWiring(environment());
    assertThat(wiring.builder()).isNotNull();
    assertThat(wiring.indexing()).isNotNull();
  }

  @Test
  void wiringSaysWhatIsMissing() {
    for (String name : List.of("ASSET_BUCKET", "BUILDS_TABLE", "AWS_REGION", "INSECURE_SOURCES")) {
      Map<String, String> environment = environment();
      environment.put(name, " ");
      assertThatThrownBy(() -> new BuilderAwsWiring(environment).builder())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(name + " is not set");
    }
  }

  @Test
  void wiringRefusesToPretendThatSourcesAreVerified() {
    Map<String, String> environment = environment();
    environment.put("INSECURE_SOURCES", "no");
    assertThatThrownBy(() -> new BuilderAwsWiring(environment).indexing())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("INSECURE_SOURCES is not true: signatures cannot be verified yet");
  }

  @Test
  void wiringRefusesAFolderWithoutAKit() {
    Map<String, String> environment = environment();
    environment.put("GRUB_KIT", folder.toString());
    assertThatThrownBy(() -> new BuilderAwsWiring(environment).indexing())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("GRUB_KIT: no kit in " + folder);
  }

  @Test
  void wiringRefusesATimeThatIsNone() {
    Map<String, String> environment = environment();
    environment.put("INDEX_SECONDS", "soon");
    assertThatThrownBy(() -> new BuilderAwsWiring(environment).indexing())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("INDEX_SECONDS: not a number of seconds: soon");
  }

  private Map<String, String> environment() {
    return new HashMap<>(
        Map.of(
            "ASSET_BUCKET", "assets",
            "BUILDS_TABLE", "builds",
            "AWS_REGION", "eu-central-1",
            "INSECURE_SOURCES", "true",
            "CACHE_FOLDER", folder.resolve("blobs").toString()));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
