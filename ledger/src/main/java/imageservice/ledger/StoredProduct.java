package imageservice.ledger;

import java.util.List;

/// A build's product in the store.
///
/// @param asset the named object, which the builder stored last
/// @param contents content-addressed objects that the asset refers to, all stored before it
/// @param measurements predicted for the machine that boots the asset; none where the asset has no
///   UKI
public record StoredProduct(
    StoredObject asset, List<StoredObject> contents, List<Measurement> measurements) {
  public StoredProduct {
    contents = List.copyOf(contents);
    measurements = List.copyOf(measurements);
  }
}
