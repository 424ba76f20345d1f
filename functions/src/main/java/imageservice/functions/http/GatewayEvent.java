package imageservice.functions.http;

import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// Events of API Gateway's HTTP API, payload format 2.0: reads a request, writes a response.
public final class GatewayEvent {
  private static final String REQUEST_ID = "x-request-id";
  private static final int LONGEST_ID = 128; // characters

  private GatewayEvent() {}

  /// The request in an event.
  public static Request request(String event) throws MalformedJsonException {
    JsonFields fields = JsonFields.parse(event);
    JsonFields context = fields.object("requestContext");
    Map<String, String> headers = headers(fields);
    return new Request(
        context.object("http").text("method"),
        fields.text("rawPath"),
        fields.optionalText("rawQueryString").orElse(""),
        headers,
        body(fields),
        id(headers, context.optionalText("requestId").orElse("")));
  }

  public static String response(Response response) {
    JsonText headers = JsonText.object();
    response.headers().forEach(headers::put);
    JsonText event = JsonText.object().put("statusCode", response.status()).put("headers", headers);
    byte[] body = response.body().bytes();
    return isText(body)
        ? event.put("body", response.body().text()).put("isBase64Encoded", false).toString()
        : event
            .put("body", Base64.getEncoder().encodeToString(body))
            .put("isBase64Encoded", true)
            .toString();
  }

  private static Map<String, String> headers(JsonFields fields) throws MalformedJsonException {
    Map<String, String> headers = new HashMap<>();
    if (fields.has("headers")) {
      JsonFields given = fields.object("headers");
      for (String name : given.names()) {
        headers.put(name.toLowerCase(java.util.Locale.ROOT), given.text(name));
      }
    }
    return headers;
  }

  private static Body body(JsonFields fields) throws MalformedJsonException {
    String body = fields.optionalText("body").orElse("");
    if (!fields.has("isBase64Encoded") || !fields.flag("isBase64Encoded")) {
      return Body.of(body);
    }
    try {
      return Body.of(Base64.getDecoder().decode(body));
    } catch (IllegalArgumentException e) {
      throw new MalformedJsonException("body: not base64");
    }
  }

  /// A request's id: the client's `X-Request-ID` where that has 1 to 128 printable ASCII characters
  /// without blanks, else the gateway's.
  ///
  /// @param headers by name in lower case
  public static String id(Map<String, String> headers, String gatewayId) {
    String id = headers.getOrDefault(REQUEST_ID, "");
    boolean fit =
        !id.isEmpty() && id.length() <= LONGEST_ID && id.chars().allMatch(c -> c > ' ' && c < 0x7F);
    return fit ? id : gatewayId;
  }

  private static boolean isText(byte[] body) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(body));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
