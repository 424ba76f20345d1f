package imageservice.functions.asset;

import imageservice.asset.AssetAddress;
import imageservice.asset.AttachmentAddress;
import imageservice.asset.ContentAddress;
import imageservice.asset.StoreAddress;
import imageservice.functions.http.Waiting;
import imageservice.ledger.BuildState;
import imageservice.ledger.StoredAttachment;
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
    if (!waiting.now().isBefore(ready.at().plus(trusted)) || !holds(address, ready)) {
      return Optional.empty();
    }
    return links.find(address).filter(found -> found.size() == ready.product().asset().size());
  }

  private boolean holds(AssetAddress asset, BuildState.Ready ready) throws IOException {
    for (StoredObject content : ready.product().contents()) {
      if (!holds(new ContentAddress(content.digest()), content)) {
        return false;
      }
    }
    for (StoredAttachment attachment : ready.product().attachments()) {
      if (!holds(AttachmentAddress.of(asset, attachment.tag()), attachment.object())) {
        return false;
      }
    }
    return true;
  }

  private boolean holds(StoreAddress address, StoredObject stored) throws IOException {
    return links.find(address).filter(found -> found.size() == stored.size()).isPresent();
  }
}
