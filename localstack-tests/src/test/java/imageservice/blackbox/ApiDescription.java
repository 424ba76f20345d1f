package imageservice.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The description of the API, `openapi.json`, which every exchange of a {@link Client} must keep:
/// method, status, media type, and of JSON the fields. What it reads of schemas is what that
/// document uses.
final class ApiDescription {
  static final ApiDescription OF_THE_REPOSITORY =
      read(
          Path.of(System.getProperty("repository.folder", ".."))
              .resolve("functions/src/main/resources/imageservice/functions/web/openapi.json"));

  private final JsonNode document;

  ApiDescription(JsonNode document) {
    this.document = document;
  }

  private static ApiDescription read(Path file) {
    try {
      return new ApiDescription(new ObjectMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What of an exchange is not as described; nothing for addresses that are not.
  ///
  /// @param path without query
  /// @param mediaType of the answer; empty where it has none
  List<String> breaches(
      String method, String path, int status, Optional<String> mediaType, byte[] body) {
    Optional<String> template = template(path);
    if (template.isEmpty() || status == 301 || method.equals("OPTIONS")) {
      return List.of();
    }
    String key = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    JsonNode operation = document.path("paths").path(template.get()).path(key);
    if (operation.isMissingNode()) {
      return status >= 400 ? List.of() : List.of(method + " is not described, and not refused");
    }
    JsonNode responses = operation.path("responses");
    JsonNode response = responses.path(Integer.toString(status));
    if (response.isMissingNode() && status < 400) {
      return List.of("status %d is not described".formatted(status));
    }
    JsonNode described = resolved(response.isMissingNode() ? responses.path("default") : response);
    return body.length == 0 || mediaType.isEmpty()
        ? List.of()
        : content(described.path("content"), mediaType.get().split(";", 2)[0].strip(), body);
  }

  /// The most exact path of the document that an address matches.
  private Optional<String> template(String path) {
    return document
        .path("paths")
        .propertyStream()
        .map(Map.Entry::getKey)
        .filter(template -> pattern(template).matcher(path).matches())
        .min(Comparator.comparingLong(ApiDescription::blanks));
  }

  /// `{path}` stands for any number of segments, and is taken last.
  private static long blanks(String template) {
    return template.chars().filter(c -> c == '{').count() + (template.endsWith("{path}") ? 9 : 0);
  }

  private static Pattern pattern(String template) {
    String rest = template.replace(".", "\\.").replace("{path}", ".+");
    return Pattern.compile(rest.replaceAll("\\{[a-z]+}", "[^/]+"));
  }

  private List<String> content(JsonNode content, String mediaType, byte[] body) {
    JsonNode media = content.has(mediaType) ? content.get(mediaType) : content.path("*/*");
    if (media.isMissingNode()) {
      return List.of("media type %s is not described".formatted(mediaType));
    }
    if (!media.has("schema")) {
      return List.of();
    }
    List<String> breaches = new ArrayList<>();
    try {
      check(media.get("schema"), new ObjectMapper().readTree(body), "", breaches);
    } catch (IOException e) {
      breaches.add("not JSON: " + e.getMessage());
    }
    return breaches;
  }

  private void check(JsonNode given, JsonNode value, String where, List<String> breaches) {
    JsonNode schema = resolved(given);
    if (schema.has("type") && !isOf(schema.get("type").asText(), value)) {
      breaches.add("%s is no %s: %s".formatted(where, schema.get("type").asText(), value));
    }
    if (schema.has("enum") && schema.get("enum").valueStream().noneMatch(value::equals)) {
      breaches.add("%s is none of %s: %s".formatted(where, schema.get("enum"), value));
    }
    if (schema.has("pattern") && !value.asText().matches(schema.get("pattern").asText())) {
      breaches.add("%s is not like %s: %s".formatted(where, schema.get("pattern"), value));
    }
    schema
        .path("required")
        .valueStream()
        .filter(name -> !value.has(name.asText()))
        .forEach(name -> breaches.add("%s has no %s".formatted(where, name)));
    schema
        .path("properties")
        .propertyStream()
        .filter(field -> value.has(field.getKey()))
        .forEach(field ->
            check(
                field.getValue(),
                value.get(field.getKey()),
                where + "/" + field.getKey(),
                breaches));
    if (schema.has("items")) {
      value.valueStream().forEach(item -> check(schema.get("items"), item, where + "[]", breaches));
    }
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  private static boolean isOf(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      default -> throw new IllegalArgumentException("type " + type);
    };
  }
}
