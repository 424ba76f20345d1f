package imageservice.functions.asset;

import imageservice.functions.http.Answer;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Response;
import imageservice.ledger.StoredObject;
import java.util.Optional;

/// Answers with an asset's checksum instead of the asset: a line that `sha256sum -c` and `sha512sum
/// -c` check, with the name under which the client has the asset.
public enum Checksums implements Serving {
  SHA256(".sha256") {
    @Override
    Optional<String> of(StoredObject stored) {
      return Optional.of(stored.digest().hex());
    }
  },
  SHA512(".sha512") {
    @Override
    Optional<String> of(StoredObject stored) {
      return stored.sha512();
    }
  };

  private final String suffix;

  Checksums(String suffix) {
    this.suffix = suffix;
  }

  /// What is behind the asset's name.
  String suffix() {
    return suffix;
  }

  /// 64 or 128 hex digits; empty where the builder has not computed it.
  abstract Optional<String> of(StoredObject stored);

  @Override
  public Answer of(AssetRequest asset, AssetLinks.Found found, StoredObject stored) {
    String name = asset.fileName().orElse(asset.address().asset().fileName());
    Optional<String> checksum = of(stored);
    return checksum.isPresent()
        ? Response.of(200, Response.TEXT, checksum.get() + "  " + name + "\n")
            .with("content-disposition", S3AssetLinks.disposition(name + suffix))
            .with("cache-control", "no-cache")
        : Problem.of(
            404,
            "the %s of this asset was not computed when it was built; use .sha256"
                .formatted(suffix.substring(1)));
  }
}
