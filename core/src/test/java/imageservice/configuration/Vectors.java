package imageservice.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The recorded documents, texts and ids under this package's test resources.
///
/// `schematic-ids.json` was generated with the four libraries of the peer service's releases;
/// `reference-answers.json` holds what the peer service 1.5.0 answered to documents it was sent,
/// and `reference-configurations.json` what it stored for twelve whole configurations.
/// `canonical-texts.json` holds canonical texts of hard configurations and what go.yaml.in/yaml/v4
/// rc.6 (the library of 1.5.0) reads from them, null where it refuses; `block-scalars.json` the ids
/// it gives documents that end with a block scalar.
final class Vectors {
  private Vectors() {}

  /// What a dialect makes of a document.
  ///
  /// @param canonical null where the document is refused
  record Form(@Nullable String canonical, @Nullable String id) {}

  static List<Map<String, Object>> section(String name) {
    return objects(at(object(read("schematic-ids.json")), name));
  }

  static List<Map<String, Object>> answers() {
    return objects(read("reference-answers.json"));
  }

  static List<Map<String, Object>> configurations() {
    return objects(read("reference-configurations.json"));
  }

  static List<Map<String, Object>> canonicalTexts() {
    return objects(read("canonical-texts.json"));
  }

  static List<Map<String, Object>> blockScalars() {
    return objects(read("block-scalars.json"));
  }

  /// The part of a vector that is about `dialect`.
  static Map<String, Object> inDialect(Map<String, Object> vector, Dialect dialect) {
    if (vector.containsKey("all")) {
      return object(at(vector, "all"));
    }
    String name =
        dialect == Dialect.Y3 ? "Y3" : "Y4" + dialect.name().substring(2).toLowerCase(Locale.ROOT);
    return object(at(object(at(vector, "dialects")), name));
  }

  static Form form(Map<String, Object> part) {
    boolean refused = part.containsKey("error");
    return refused ? new Form(null, null) : new Form(text(part, "canonical"), text(part, "id"));
  }

  static String text(Map<String, Object> object, String name) {
    return (String) at(object, name);
  }

  static byte[] bytes(Map<String, Object> object, String name) {
    return text(object, name).getBytes(UTF_8);
  }

  private static Object at(Map<String, Object> object, String name) {
    return Objects.requireNonNull(object.get(name), name);
  }

  private static Object read(String resource) {
    try (InputStream in = Vectors.class.getResourceAsStream(resource)) {
      return JSON.std.anyFrom(Objects.requireNonNull(in, resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Map<String, Object>> objects(Object list) {
    var objects = new ArrayList<Map<String, Object>>();
    ((List<?>) list).forEach(item -> objects.add(object(Objects.requireNonNull(item))));
    return objects;
  }

  @SuppressWarnings("unchecked") // JSON objects have text keys
  private static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }
}
