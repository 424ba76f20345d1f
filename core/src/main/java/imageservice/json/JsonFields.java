package imageservice.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import imageservice.text.Shown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The fields of a JSON object, read one by one and strictly: a field that is missing, of another
/// type, or left over at the {@link #end} is a {@link MalformedJsonException} that names it. A
/// reader that never calls `end` tolerates fields that it does not know, as the specifications of
/// others' documents demand.
public final class JsonFields {
  /// How failures are told: of our own documents with the path of the field, of others' with the
  /// field's name and its value.
  private enum Wording {
    OWN("%s: missing", "%s: not %s", "an integer", "a list"),
    FOREIGN("%s is missing", "%s is not %s: %s", "a whole number", "an array");

    private final String missing;
    private final String wrong;
    private final String integer;
    private final String list;

    Wording(String missing, String wrong, String integer, String list) {
      this.missing = missing;
      this.wrong = wrong;
      this.integer = integer;
      this.list = list;
    }
  }

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /// Characters of a foreign value that a message shows.
  private static final int SHOWN = 80;

  private static final JsonFactory PARSER = new JsonFactory();

  private final Wording wording;
  private final String path;
  private final Map<?, ?> fields;
  private final Set<String> read = new HashSet<>();

  private JsonFields(Wording wording, String path, Map<?, ?> fields) {
    this.wording = wording;
    this.path = path;
    this.fields = fields;
  }

  /// A document of our own.
  public static JsonFields parse(String text) throws MalformedJsonException {
    try (JsonParser parser = PARSER.createParser(text)) {
      return parse(Wording.OWN, parser);
    } catch (IOException e) {
      throw new MalformedJsonException("not JSON: " + firstLine(e.getMessage()));
    }
  }

  /// A document of our own, in UTF-8.
  public static JsonFields parse(byte[] json) throws MalformedJsonException {
    try (JsonParser parser = PARSER.createParser(json)) {
      return parse(Wording.OWN, parser);
    } catch (IOException e) {
      throw new MalformedJsonException("not JSON: " + firstLine(e.getMessage()));
    }
  }

  /// A document that others wrote. What is wrong with its JSON is not told: it would be their text.
  public static JsonFields foreign(byte[] json) throws MalformedJsonException {
    try (JsonParser parser = PARSER.createParser(json)) {
      return parse(Wording.FOREIGN, parser);
    } catch (IOException e) {
      throw new MalformedJsonException("not a JSON object");
    }
  }

  private static JsonFields parse(Wording wording, JsonParser parser)
      throws IOException, MalformedJsonException {
    Object value = JsonValues.read(parser);
    if (parser.nextToken() != null) {
      throw new MalformedJsonException("not JSON: more after the first value");
    }
    if (value instanceof Map<?, ?> object) {
      return new JsonFields(wording, "", object);
    }
    throw new MalformedJsonException("not a JSON object");
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

  /// A text without control characters.
  public String line(String name) throws MalformedJsonException {
    String text = value(name, String.class, "a line of text");
    if (CONTROL.matcher(text).find()) {
      throw wrong(name, "a line of text", text);
    }
    return text;
  }

  public Optional<String> optionalLine(String name) throws MalformedJsonException {
    return has(name) ? Optional.of(line(name)) : optional(name);
  }

  public long number(String name) throws MalformedJsonException {
    Number number = value(name, Number.class, wording.integer);
    if (number instanceof Integer || number instanceof Long) {
      return number.longValue();
    }
    throw wrong(name, wording.integer, number);
  }

  /// A number of 32 bits.
  public int integer(String name) throws MalformedJsonException {
    long number = number(name);
    if (number != (int) number) {
      throw wrong(name, wording.integer, number);
    }
    return (int) number;
  }

  public Optional<Long> optionalNumber(String name) throws MalformedJsonException {
    return has(name) ? Optional.of(number(name)) : optional(name);
  }

  public boolean flag(String name) throws MalformedJsonException {
    return value(name, Boolean.class, "true or false");
  }

  public JsonFields object(String name) throws MalformedJsonException {
    return within(name + ".", value(name, Map.class, "an object"));
  }

  public Optional<JsonFields> optionalObject(String name) throws MalformedJsonException {
    return has(name) ? Optional.of(object(name)) : optional(name);
  }

  public List<JsonFields> objects(String name) throws MalformedJsonException {
    List<JsonFields> objects = new ArrayList<>();
    for (Object element : value(name, List.class, wording.list)) {
      if (!(element instanceof Map<?, ?> object)) {
        throw wrong(name, wording.list + " of objects", element);
      }
      objects.add(within(name + "[" + objects.size() + "].", object));
    }
    return List.copyOf(objects);
  }

  /// The objects of a list, none where there is no list.
  public List<JsonFields> optionalObjects(String name) throws MalformedJsonException {
    return has(name) ? objects(name) : this.<List<JsonFields>>optional(name).orElse(List.of());
  }

  public List<String> texts(String name) throws MalformedJsonException {
    List<String> texts = new ArrayList<>();
    for (Object element : value(name, List.class, wording.list)) {
      if (!(element instanceof String text)) {
        throw wrong(name, wording.list + " of texts", element);
      }
      texts.add(text);
    }
    return List.copyOf(texts);
  }

  /// The texts of a list, none where there is no list.
  public List<String> optionalTexts(String name) throws MalformedJsonException {
    return has(name) ? texts(name) : this.<List<String>>optional(name).orElse(List.of());
  }

  /// Names of the fields, for objects whose keys are content.
  public List<String> names() {
    return fields.keySet().stream().map(String.class::cast).toList();
  }

  /// The fields that have a value, sorted by their names.
  SortedMap<String, Object> values() {
    SortedMap<String, Object> values = new TreeMap<>();
    fields.forEach((name, value) -> {
      if (value != null) {
        values.put((String) name, value);
      }
    });
    return values;
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
      throw new MalformedJsonException(wording.missing.formatted(path + name));
    }
    if (!type.isInstance(value)) {
      throw wrong(name, wanted, value);
    }
    return type.cast(value);
  }

  private <T> Optional<T> optional(String name) {
    read.add(name);
    return Optional.empty();
  }

  private JsonFields within(String place, Map<?, ?> object) {
    return new JsonFields(wording, wording == Wording.OWN ? path + place : "", object);
  }

  private MalformedJsonException wrong(String name, String wanted, @Nullable Object value) {
    return new MalformedJsonException(wording.wrong.formatted(path + name, wanted, shown(value)));
  }

  private static String shown(@Nullable Object value) {
    return Shown.of(String.valueOf(value), SHOWN);
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
  }
}
