package imageservice.functions.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A Lambda function behind API Gateway. It reads and writes events as streams, so that Lambda
/// loads no library of event types at the cold start.
public class GatewayFunction implements RequestStreamHandler {
  private final Function<Request, Response> service;

  protected GatewayFunction(Function<Request, Response> service) {
    this.service = service;
  }

  @Override
  public final void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    output.write(answer(event).getBytes(StandardCharsets.UTF_8));
  }

  private String answer(String event) {
    try {
      return GatewayEvent.response(service.apply(GatewayEvent.request(event)));
    } catch (MalformedJsonException e) {
      return GatewayEvent.response(
          Response.of(400, Response.TEXT, "not an event of an HTTP API: " + e.getMessage() + "\n"));
    }
  }
}
