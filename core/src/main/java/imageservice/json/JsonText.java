package imageservice.json;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes JSON canonically: fields in the order given, no blanks, only the escapes that RFC 8259
/// demands.
public final class JsonText {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  private JsonText() {}

  public static JsonText object() {
    return new JsonText();
  }

  /// An object of another document: its fields with a value, sorted by their names.
  public static JsonText of(JsonFields object) {
    JsonText copy = object();
    object.values().forEach((field, value) -> copy.set(field, value));
    return copy;
  }

  public JsonText put(String name, String value) {
    return set(name, value);
  }

  public JsonText put(String name, long value) {
    return set(name, value);
  }

  public JsonText put(String name, boolean value) {
    return set(name, value);
  }

  public JsonText put(String name, JsonText value) {
    return set(name, value.fields);
  }

  /// An object of another document, as {@link #of} has it.
  public JsonText put(String name, JsonFields object) {
    return put(name, of(object));
  }

  /// Texts, or objects made with this class.
  public JsonText put(String name, List<?> values) {
    return set(
        name, values.stream().map(v -> v instanceof JsonText text ? text.fields : v).toList());
  }

  /// Nothing where the value is absent.
  public JsonText putIfPresent(String name, Optional<String> value) {
    value.ifPresent(present -> set(name, present));
    return this;
  }

  @Override
  public String toString() {
    return write(fields);
  }

  /// The same for people: a field or element a line, two blanks for each level.
  public String indented() {
    StringBuilder out = new StringBuilder();
    indented(fields, "\n", out);
    return out.toString();
  }

  /// An array of texts.
  public static String array(List<String> values) {
    return write(values);
  }

  /// An array of objects.
  public static String arrayOf(List<JsonText> values) {
    return write(values.stream().map(value -> value.fields).toList());
  }

  private JsonText set(String name, Object value) {
    if (fields.put(name, value) != null) {
      throw new IllegalArgumentException(name + ": written twice");
    }
    return this;
  }

  private static String write(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case String text -> quote(text, out);
      case Number number -> out.append(number);
      case Boolean flag -> out.append(flag.booleanValue());
      case Map<?, ?> object -> object(object, out);
      case List<?> list -> list(list, out);
      default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
    }
  }

  private static void object(Map<?, ?> object, StringBuilder out) {
    out.append('{');
    for (Iterator<? extends Map.Entry<?, ?>> i = object.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<?, ?> field = i.next();
      quote((String) field.getKey(), out);
      out.append(':');
      write(field.getValue(), out);
      out.append(i.hasNext() ? "," : "");
    }
    out.append('}');
  }

  private static void list(List<?> list, StringBuilder out) {
    out.append('[');
    for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
      write(i.next(), out);
      out.append(i.hasNext() ? "," : "");
    }
    out.append(']');
  }

  private static void indented(Object value, String line, StringBuilder out) {
    switch (value) {
      case Map<?, ?> object when !object.isEmpty() -> {
        String separator = "{";
        for (Map.Entry<?, ?> field : object.entrySet()) {
          out.append(separator).append(line).append("  ");
          quote((String) field.getKey(), out);
          out.append(": ");
          indented(field.getValue(), line + "  ", out);
          separator = ",";
        }
        out.append(line).append('}');
      }
      case List<?> list when !list.isEmpty() -> {
        String separator = "[";
        for (Object element : list) {
          out.append(separator).append(line).append("  ");
          indented(element, line + "  ", out);
          separator = ",";
        }
        out.append(line).append(']');
      }
      default -> write(value, out);
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      escape(text.charAt(i), out);
    }
    out.append('"');
  }

  private static void escape(char c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (c < 0x20 || Character.isSurrogate(c)) {
          out.append("\\u%04x".formatted((int) c));
        } else {
          out.append(c);
        }
      }
    }
  }
}
