package imageservice.builder.oci;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The fields of one JSON object of a foreign document, read with their types checked. Fields that
/// nobody asks for are left alone, as the OCI specifications demand.
public final class JsonFields {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final String subject;
  private final Map<?, ?> fields;

  private JsonFields(String subject, Map<?, ?> fields) {
    this.subject = subject;
    this.fields = fields;
  }

  /// @param subject what failures are reported for
  public static JsonFields parse(String subject, byte[] json) throws SourceException.Malformed {
    try {
      return new JsonFields(subject, JSON.std.mapFrom(json));
    } catch (IOException e) {
      throw new SourceException.Malformed(subject, "not a JSON object", e);
    }
  }

  public boolean has(String name) {
    return fields.get(name) != null;
  }

  public Optional<String> text(String name) throws SourceException.Malformed {
    return switch (fields.get(name)) {
      case null -> Optional.empty();
      case String text when !CONTROL.matcher(text).find() -> Optional.of(text);
      case Object other -> throw wrong(name, "not a line of text", other);
    };
  }

  public String requireText(String name) throws SourceException.Malformed {
    return text(name)
        .orElseThrow(() -> new SourceException.Malformed(subject, name + " is missing", null));
  }

  public Optional<Long> number(String name) throws SourceException.Malformed {
    return switch (fields.get(name)) {
      case null -> Optional.empty();
      case Integer number -> Optional.of(number.longValue());
      case Long number -> Optional.of(number);
      case Object other -> throw wrong(name, "not a whole number", other);
    };
  }

  public long requireNumber(String name) throws SourceException.Malformed {
    return number(name)
        .orElseThrow(() -> new SourceException.Malformed(subject, name + " is missing", null));
  }

  public Optional<JsonFields> object(String name) throws SourceException.Malformed {
    return switch (fields.get(name)) {
      case null -> Optional.empty();
      case Map<?, ?> object -> Optional.of(new JsonFields(subject, object));
      case Object other -> throw wrong(name, "not an object", other);
    };
  }

  public JsonFields requireObject(String name) throws SourceException.Malformed {
    return object(name)
        .orElseThrow(() -> new SourceException.Malformed(subject, name + " is missing", null));
  }

  /// The objects of an array, none where there is no array.
  public List<JsonFields> objects(String name) throws SourceException.Malformed {
    List<JsonFields> objects = new ArrayList<>();
    for (Object each : array(name)) {
      if (!(each instanceof Map<?, ?> object)) {
        throw wrong(name, "not an array of objects", each);
      }
      objects.add(new JsonFields(subject, object));
    }
    return objects;
  }

  /// The texts of an array, none where there is no array.
  public List<String> texts(String name) throws SourceException.Malformed {
    List<String> texts = new ArrayList<>();
    for (Object each : array(name)) {
      if (!(each instanceof String text)) {
        throw wrong(name, "not an array of texts", each);
      }
      texts.add(text);
    }
    return texts;
  }

  public SourceException.Malformed malformed(String problem) {
    return new SourceException.Malformed(subject, problem, null);
  }

  private List<?> array(String name) throws SourceException.Malformed {
    return switch (fields.get(name)) {
      case null -> List.of();
      case List<?> list -> list;
      case Object other -> throw wrong(name, "not an array", other);
    };
  }

  private SourceException.Malformed wrong(String name, String problem, Object value) {
    String shown = String.valueOf(value);
    String cut = shown.length() > 80 ? shown.substring(0, 80) + "…" : shown;
    return malformed(name + " is " + problem + ": " + CONTROL.matcher(cut).replaceAll("?"));
  }
}
