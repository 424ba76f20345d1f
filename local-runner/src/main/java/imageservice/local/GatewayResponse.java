package imageservice.local;

import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/// The response to a client: a function's answer, or a refusal of the gateway's own.
record GatewayResponse(int status, Map<String, String> headers, ByteBuffer content) {
  /// Reads what a function returned: payload format 2.0.
  static GatewayResponse parse(byte[] event) throws MalformedJsonException {
    JsonFields fields = JsonFields.parse(new String(event, StandardCharsets.UTF_8));
    JsonFields given = fields.object("headers");
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : given.names()) {
      headers.put(name.toLowerCase(Locale.ROOT), given.text(name));
    }
    String body = fields.text("body");
    byte[] content =
        fields.flag("isBase64Encoded")
            ? Base64.getDecoder().decode(body)
            : body.getBytes(StandardCharsets.UTF_8);
    return new GatewayResponse(
        Math.toIntExact(fields.number("statusCode")), headers, ByteBuffer.wrap(content));
  }

  /// API Gateway's form of an error.
  static GatewayResponse refusal(int status, String message, String requestId) {
    String body = JsonText.object().put("message", message).toString();
    return new GatewayResponse(
        status,
        Map.of("content-type", "application/json", "x-request-id", requestId),
        ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
  }

  /// Sends the whole response. The answer to HEAD states the length of the body that it leaves out.
  void send(Request request, Response response) throws IOException {
    response.setStatus(status);
    headers.forEach(response.getHeaders()::put);
    boolean isHead = HttpMethod.HEAD.is(request.getMethod());
    if (isHead) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.remaining());
    }
    boolean hasNoBody = isHead || HttpStatus.hasNoBody(status);
    Content.Sink.write(response, true, hasNoBody ? ByteBuffer.allocate(0) : content.duplicate());
  }
}
