package imageservice.builder;

import imageservice.builder.store.S3Material;
import java.net.URI;
import java.util.Map;

/// Material as the builder has it on AWS, in a store elsewhere.
public final class AwsMaterial {
  private AwsMaterial() {}

  /// With the credentials of the environment. It has seen nothing of the store yet.
  public static S3Material of(URI store, String bucket) {
    Map<String, String> variables =
        Map.of("AWS_REGION", "us-east-1", "AWS_ENDPOINT_URL", store.toString());
    return new BuilderAwsWiring(variables).material(bucket);
  }
}
