package imageservice.functions.asset;

import imageservice.asset.AssetAddress;
import imageservice.asset.ContentAddress;
import imageservice.functions.http.Waiting;
import imageservice.ledger.BuildState;
import imageservice.ledger.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Compares records of finished builds with the store: a record is only good while all objects of
/// its product are there, with the sizes that they were stored with.
public final class StoredAssets {
  private final AssetLinks links;
  private final Waiting waiting;
  private final Duration trusted;

  /// @param trusted how long a record is good, as the store removes objects by age
  public StoredAssets(AssetLinks links, Waiting waiting, Duration trusted) {
    this.links = links;
    this.waiting = waiting;
    this.trusted = trusted;
  }

  /// The asset's object; empty where the asset must be built again.
  Optional<AssetLinks.Found> find(AssetAddress address, BuildState.Ready ready) throws IOException {
    if (!waiting.now().isBefore(ready.at().plus(trusted)) || !holds(ready)) {
      return Optional.empty();
    }
    return links.find(address).filter(found -> found.size() == ready.product().asset().size());
  }

  private boolean holds(BuildState.Ready ready) throws IOException {
    for (StoredObject content : ready.product().contents()) {
      Optional<AssetLinks.Found> found = links.find(new ContentAddress(content.digest()));
      if (found.isEmpty() || found.get().size() != content.size()) {
        return false;
      }
    }
    return true;
  }
}
