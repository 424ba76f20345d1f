package imageservice.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of a JSON object, read one by one and strictly: a field that is missing, of another
/// type, or left over at the end is a {@link MalformedJsonException} that names it.
public final class JsonFields {
  private static final JSON PARSER =
      JSON.builder().enable(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS).build();

  private final String path;
  private final Map<?, ?> fields;
  private final Set<String> read = new HashSet<>();

  private JsonFields(String path, Map<?, ?> fields) {
    this.path = path;
    this.fields = fields;
  }

  public static JsonFields parse(String text) throws MalformedJsonException {
    try (JsonParser parser = PARSER.createParser(text)) {
      Object value = PARSER.anyFrom(parser);
      if (parser.nextToken() != null) {
        throw new MalformedJsonException("not JSON: more after the first value");
      }
      if (value instanceof Map<?, ?> object) {
        return new JsonFields("", object);
      }
      throw new MalformedJsonException("not a JSON object");
    } catch (IOException e) {
      throw new MalformedJsonException("not JSON: " + firstLine(e.getMessage()));
    }
  }

  public boolean has(String name) {
    return fields.get(name) != null;
  }

  public String text(String name) throws MalformedJsonException {
    return value(name, String.class, "a text");
  }

  public Optional<String> optionalText(String name) throws MalformedJsonException {
    return has(name) ? Optional.of(text(name)) : optional(name);
  }

  public long number(String name) throws MalformedJsonException {
    Number number = value(name, Number.class, "an integer");
    if (number instanceof Integer || number instanceof Long) {
      return number.longValue();
    }
    throw wrong(name, "an integer");
  }

  public Optional<Long> optionalNumber(String name) throws MalformedJsonException {
    return has(name) ? Optional.of(number(name)) : optional(name);
  }

  public boolean flag(String name) throws MalformedJsonException {
    return value(name, Boolean.class, "true or false");
  }

  public JsonFields object(String name) throws MalformedJsonException {
    return new JsonFields(path + name + ".", value(name, Map.class, "an object"));
  }

  public Optional<JsonFields> optionalObject(String name) throws MalformedJsonException {
    return has(name) ? Optional.of(object(name)) : optional(name);
  }

  public List<JsonFields> objects(String name) throws MalformedJsonException {
    List<JsonFields> objects = new ArrayList<>();
    for (Object element : value(name, List.class, "a list")) {
      if (!(element instanceof Map<?, ?> object)) {
        throw wrong(name, "a list of objects");
      }
      objects.add(new JsonFields(path + name + "[" + objects.size() + "].", object));
    }
    return List.copyOf(objects);
  }

  public List<String> texts(String name) throws MalformedJsonException {
    List<String> texts = new ArrayList<>();
    for (Object element : value(name, List.class, "a list")) {
      if (!(element instanceof String text)) {
        throw wrong(name, "a list of texts");
      }
      texts.add(text);
    }
    return List.copyOf(texts);
  }

  /// Names of the fields, for objects whose keys are content.
  public List<String> names() {
    return fields.keySet().stream().map(String.class::cast).toList();
  }

  /// Refuses fields that nobody asked for.
  public void end() throws MalformedJsonException {
    for (Object name : fields.keySet()) {
      if (!read.contains(name)) {
        throw new MalformedJsonException(path + name + ": unknown field");
      }
    }
  }

  private <T> T value(String name, Class<T> type, String wanted) throws MalformedJsonException {
    read.add(name);
    @Nullable Object value = fields.get(name);
    if (value == null) {
      throw new MalformedJsonException(path + name + ": missing");
    }
    if (!type.isInstance(value)) {
      throw wrong(name, wanted);
    }
    return type.cast(value);
  }

  private <T> Optional<T> optional(String name) {
    read.add(name);
    return Optional.empty();
  }

  private MalformedJsonException wrong(String name, String wanted) {
    return new MalformedJsonException(path + name + ": not " + wanted);
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
  }
}
