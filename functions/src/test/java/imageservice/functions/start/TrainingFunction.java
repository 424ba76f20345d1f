package imageservice.functions.start;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.functions.AssetFunction;
import imageservice.functions.ConfigurationFunction;
import imageservice.functions.Endpoint;
import imageservice.functions.RegistryFunction;
import imageservice.functions.ReleaseFunction;
import imageservice.functions.http.GatewayEvent;
import imageservice.functions.http.GatewayFunction;
import imageservice.json.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// All functions in one, so that one run trains one cache for all. The runtime interface client
/// loads this class out of a folder, by a class loader of its own that no cache serves: so the
/// class path of the training run is that of the functions, and this class is not in the cache.
public final class TrainingFunction implements RequestStreamHandler {
  private final GatewayFunction configuration = new ConfigurationFunction();
  private final GatewayFunction asset = new AssetFunction();
  private final GatewayFunction registry = new RegistryFunction();
  private final GatewayFunction release = new ReleaseFunction();

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    byte[] event = input.readAllBytes();
    function(event).handleRequest(new ByteArrayInputStream(event), output, context);
  }

  private GatewayFunction function(byte[] event) throws IOException {
    return switch (Endpoint.ownerOf(path(event))) {
      case CONFIGURATION -> configuration;
      case ASSET -> asset;
      case REGISTRY -> registry;
      case RELEASE -> release;
    };
  }

  private static String path(byte[] event) throws IOException {
    try {
      return GatewayEvent.request(new String(event, StandardCharsets.UTF_8)).path();
    } catch (MalformedJsonException e) {
      throw new IOException(e);
    }
  }
}
