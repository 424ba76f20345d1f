package imageservice.asset;

import imageservice.release.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where an asset lies in object storage: the generation of its kind, then the path of its URL, so
/// that a CDN can front the bucket. The bytes at an address never change while its generation
/// lasts. Its text is `g1a2b3c4d/image/<id>/v1.9.5/metal-amd64.iso`.
///
/// @param generation `g` and eight hex digits
public record AssetAddress(String generation, Asset asset) implements StoreAddress {
  private static final Pattern GENERATION = Pattern.compile("g[0-9a-f]{8}");

  public AssetAddress {
    if (!GENERATION.matcher(generation).matches()) {
      throw new IllegalArgumentException("not a generation: " + generation);
    }
  }

  /// The address with this text; empty where the text is no address in its one spelling.
  public static Optional<AssetAddress> parse(String text) {
    int slash = text.indexOf('/');
    String generation = text.substring(0, Math.max(slash, 0));
    return GENERATION.matcher(generation).matches()
        ? Asset.ofPath(text.substring(slash)).map(asset -> new AssetAddress(generation, asset))
        : Optional.empty();
  }

  /// The id of the asset's build, which names its record in the table and in URLs: the SHA-256 of
  /// the address's text, 64 hex digits.
  public String buildId() {
    return Digest.of(toString().getBytes(StandardCharsets.UTF_8)).hex();
  }

  @Override
  public String toString() {
    return generation + asset.path();
  }
}
