package imageservice.plan;

import imageservice.release.Digest;
import java.nio.charset.StandardCharsets;

/// The digest of a plan's canonical JSON: equal plans, equal keys, equal bytes.
public record AssetKey(Digest digest) {
  public static AssetKey of(BuildPlan plan) {
    return new AssetKey(Digest.of(BuildPlanJson.write(plan).getBytes(StandardCharsets.UTF_8)));
  }

  public String hex() {
    return digest.hex();
  }

  @Override
  public String toString() {
    return digest.hex();
  }
}
