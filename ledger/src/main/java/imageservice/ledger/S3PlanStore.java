package imageservice.ledger;

import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import imageservice.plan.BuildPlanJson;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Plans in an S3 bucket, each as `plans/<asset key>.json`. They hold contents of configurations,
/// so the service never presigns a link to one.
public final class S3PlanStore implements PlanStore {
  private final Supplier<S3Client> s3;
  private final String bucket;

  public S3PlanStore(Supplier<S3Client> s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  @Override
  public void put(BuildPlan plan) throws IOException {
    try {
      s3.get()
          .putObject(
              put ->
                  put.bucket(bucket).key(path(AssetKey.of(plan))).contentType("application/json"),
              RequestBody.fromString(BuildPlanJson.write(plan)));
    } catch (SdkException e) {
      throw AwsFailure.of("the store of plans", e);
    }
  }

  @Override
  public Optional<String> find(AssetKey key) throws IOException {
    try {
      byte[] content =
          s3.get().getObjectAsBytes(get -> get.bucket(bucket).key(path(key))).asByteArrayUnsafe();
      if (!Digest.of(content).equals(key.digest())) {
        throw new IOException("the plan " + path(key) + " is not the one of its key");
      }
      return Optional.of(new String(content, StandardCharsets.UTF_8));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw AwsFailure.of("the store of plans", e);
    }
  }

  private static String path(AssetKey key) {
    return "plans/" + key.hex() + ".json";
  }
}
