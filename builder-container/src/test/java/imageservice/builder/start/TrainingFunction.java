package imageservice.builder.start;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.builder.BuilderFunction;
import imageservice.builder.IndexFunction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Both functions of the builder's image in one, so that one run trains one cache for both.
public final class TrainingFunction implements RequestStreamHandler {
  private final BuilderFunction builder = new BuilderFunction();
  private final IndexFunction index = new IndexFunction();

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    byte[] event = input.readAllBytes();
    boolean isOrder = new String(event, StandardCharsets.UTF_8).contains("\"fence\"");
    RequestStreamHandler function = isOrder ? builder : index;
    function.handleRequest(new ByteArrayInputStream(event), output, context);
  }
}
