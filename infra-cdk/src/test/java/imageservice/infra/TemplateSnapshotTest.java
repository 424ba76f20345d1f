package imageservice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The whole template against the one that was looked at last. Recorded by
/// `-Dsnapshots.record=true`, which fails the run while on.
final class TemplateSnapshotTest {
  private static final Path SNAPSHOT =
      Path.of("src/test/resources/imageservice/infra/template.json");

  @Test
  void theTemplateIsTheOneThatWasLookedAt() throws IOException {
    String template = normalised(Synthesis.standard().json());
    if (Boolean.getBoolean("snapshots.record")) {
      Files.writeString(SNAPSHOT, template);
      throw new AssertionError("recorded " + SNAPSHOT + ": look at it, and run without the flag");
    }
    assertThat(template).isEqualTo(Files.readString(SNAPSHOT));
  }

  /// Without what is in it for tools, and without digests of files.
  private static String normalised(JsonNode template) throws IOException {
    ObjectNode copy = template.deepCopy();
    copy.get("Resources").forEach(resource -> ((ObjectNode) resource).remove("Metadata"));
    ObjectMapper writer =
        new ObjectMapper()
            .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
            .configure(SerializationFeature.INDENT_OUTPUT, true);
    Object sorted = writer.treeToValue(copy, Object.class);
    return writer.writeValueAsString(sorted).replaceAll("\\b[0-9a-f]{64}\\b", "(digest)") + "\n";
  }
}
