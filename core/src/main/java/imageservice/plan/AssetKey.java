package imageservice.plan;

import imageservice.release.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The SHA-256 of a plan's canonical JSON: equal plans, equal keys, equal bytes.
public record AssetKey(Digest digest) {
  public static AssetKey of(BuildPlan plan) {
    return new AssetKey(Digest.of(BuildPlanJson.write(plan).getBytes(StandardCharsets.UTF_8)));
  }

  /// The key with these 64 hex digits; empty where the text is anything else.
  public static Optional<AssetKey> parse(String hex) {
    return Digest.parse("sha256:" + hex).map(AssetKey::new);
  }

  public String hex() {
    return digest.hex();
  }

  @Override
  public String toString() {
    return digest.hex();
  }
}
