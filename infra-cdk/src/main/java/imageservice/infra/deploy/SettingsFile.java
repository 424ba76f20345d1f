package imageservice.infra.deploy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// `deploy.json`: one object of settings and their values, which people write and `./deploy` adds
/// to, so that every deployment has those of the last one.
record SettingsFile(Path path) {
  private static final ObjectMapper JSON = new ObjectMapper();

  boolean exists() {
    return Files.exists(path);
  }

  /// The settings; none where there is no file.
  SortedMap<String, String> read() throws DeployException {
    if (!exists()) {
      return new TreeMap<>();
    }
    try {
      return values(JSON.readTree(Files.readString(path)));
    } catch (JacksonException e) {
      throw new DeployException(
          path + " is not JSON: " + DeployException.line(e).replaceAll(" at \\[.*", ""));
    } catch (IOException e) {
      throw DeployException.of(path + " cannot be read", e, "let it be read");
    }
  }

  private SortedMap<String, String> values(JsonNode json) throws DeployException {
    SortedMap<String, String> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : json.properties()) {
      if (!each.getValue().isValueNode() || each.getValue().isNull()) {
        throw new DeployException(path + ": " + each.getKey() + " is not a text or number");
      }
      values.put(each.getKey(), each.getValue().asText());
    }
    if (!json.isObject()) {
      throw new DeployException(path + " is not an object such as {\"name\": \"value\"}");
    }
    return values;
  }

  /// Writes all of it or nothing, and nothing where it says the same already.
  void write(SortedMap<String, String> values) throws DeployException {
    if (exists() && values.equals(read())) {
      return;
    }
    try {
      String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(values) + "\n";
      Path whole = path.toAbsolutePath();
      Path part = Files.createTempFile(whole.resolveSibling(""), "deploy", ".json.part");
      Files.writeString(part, text);
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw DeployException.of(path + " cannot be written", e, "let it be written");
    }
  }
}
