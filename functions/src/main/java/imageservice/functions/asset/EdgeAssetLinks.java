package imageservice.functions.asset;

import imageservice.asset.StoreAddress;
import imageservice.functions.http.Paths;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// Links to assets at a CDN (CloudFront) in front of the bucket. They are for every method alike,
/// and the CDN answers plain HTTP too.
public final class EdgeAssetLinks implements AssetLinks {
  private final AssetLinks store;
  private final String host;
  private final Supplier<EdgeKey> key;
  private final Duration validity;
  private final InstantSource clock;

  /// @param store what is there
  /// @param host the CDN's name
  /// @param key read when the first link is made
  public EdgeAssetLinks(
      AssetLinks store,
      String host,
      Supplier<EdgeKey> key,
      Duration validity,
      InstantSource clock) {
    this.store = store;
    this.host = host;
    this.key = key;
    this.validity = validity;
    this.clock = clock;
  }

  @Override
  public String presign(StoreAddress address, Method method, Optional<String> fileName) {
    return link("https://", address, fileName);
  }

  @Override
  public String presignPlain(StoreAddress address, Method method, Optional<String> fileName) {
    return link("http://", address, fileName);
  }

  /// "Create a signed URL using a canned policy" of CloudFront's developer guide: what is signed is
  /// the address with its own query, and the end of its validity in seconds.
  private String link(String scheme, StoreAddress address, Optional<String> fileName) {
    String query =
        fileName
            .map(S3AssetLinks::disposition)
            .map(value -> "?" + S3AssetLinks.DISPOSITION + "=" + Paths.encodeParameter(value))
            .orElse("");
    String resource = scheme + host + "/" + Paths.encode(address.toString()) + query;
    long expires = clock.instant().plus(validity).getEpochSecond();
    String policy =
        "{\"Statement\":[{\"Resource\":\"%s\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":%d}}}]}"
            .formatted(resource, expires);
    return "%s%sExpires=%d&Signature=%s&Key-Pair-Id=%s"
        .formatted(
            resource, query.isEmpty() ? "?" : "&", expires, key.get().sign(policy), key.get().id());
  }

  @Override
  public Optional<Found> find(StoreAddress address) throws IOException {
    return store.find(address);
  }

  @Override
  public Optional<byte[]> read(StoreAddress address, int most) throws IOException {
    return store.read(address, most);
  }
}
