package imageservice.local;

import imageservice.json.JsonFields;
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

/// The response to a client: a function's answer, or one of the gateway's own.
record GatewayResponse(int status, Map<String, String> headers, ByteBuffer content) {
  private static final String CONTENT_LENGTH = "content-length";

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

  static GatewayResponse of(imageservice.functions.http.Response response) {
    return new GatewayResponse(
        response.status(), response.headers(), ByteBuffer.wrap(response.body().bytes()));
  }

  /// Sets status and headers, for a body that follows.
  void begin(Response response) {
    response.setStatus(status);
    headers.forEach(response.getHeaders()::put);
  }

  /// Sends the whole response. The answer to HEAD states the length of the body that it leaves out:
  /// the handler's own statement, where it made one without the body.
  void send(Request request, Response response) throws IOException {
    begin(response);
    boolean isHead = HttpMethod.HEAD.is(request.getMethod());
    if (!isHead) {
      response.getHeaders().remove(HttpHeader.CONTENT_LENGTH);
    } else if (!headers.containsKey(CONTENT_LENGTH)) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.remaining());
    }
    boolean hasNoBody = isHead || HttpStatus.hasNoBody(status);
    Content.Sink.write(response, true, hasNoBody ? ByteBuffer.allocate(0) : content.duplicate());
  }
}
