package imageservice.functions.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An HTTP response.
///
/// @param headers by name in lower case, as API Gateway sends them
public record Response(int status, Map<String, String> headers, Body body) implements Answer {
  public static final String TEXT = "text/plain; charset=utf-8";
  public static final String JSON = "application/json";

  public Response {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  public static Response of(int status) {
    return new Response(status, Map.of(), Body.EMPTY);
  }

  public static Response of(int status, String mediaType, String text) {
    return new Response(status, Map.of("content-type", mediaType), Body.of(text));
  }

  public static Response of(int status, String mediaType, byte[] content) {
    return new Response(status, Map.of("content-type", mediaType), Body.of(content));
  }

  public static Response redirect(int status, String location) {
    return of(status).with("location", location);
  }

  public Response with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, more, body);
  }

  /// This response with those of the default headers that it lacks.
  public Response withDefaults(Map<String, String> defaults) {
    Map<String, String> all = new LinkedHashMap<>(defaults);
    all.putAll(headers);
    return new Response(status, all, body);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
