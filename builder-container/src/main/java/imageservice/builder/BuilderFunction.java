package imageservice.builder;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.json.MalformedJsonException;
import imageservice.ledger.BuildOrder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The Lambda function that builds. It reads one order and answers nothing, as it is invoked
/// asynchronously; the outcome is written into the build's record. Lambda sends the order of a
/// failed invocation to the dead-letter queue.
public final class BuilderFunction implements RequestStreamHandler {
  private final Builder builder;

  public BuilderFunction() throws IOException {
    this(BuilderAwsWiring.fromEnvironment().builder());
  }

  BuilderFunction(Builder builder) {
    this.builder = builder;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    builder.build(order(new String(input.readAllBytes(), StandardCharsets.UTF_8)));
  }

  private static BuildOrder order(String json) {
    try {
      return BuildOrder.parse(json);
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException("not a build order: " + e.getMessage(), e);
    }
  }
}
