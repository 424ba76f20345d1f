package imageservice.ledger;

import java.util.List;

/// What a build left in the store.
///
/// @param asset the named object, which was stored last
/// @param contents content-addressed objects that the asset refers to, all of which were there
///   before it
/// @param measurements of the machine that boots the asset; none where it measures nothing
public record StoredProduct(
    StoredObject asset, List<StoredObject> contents, List<Measurement> measurements) {
  public StoredProduct {
    contents = List.copyOf(contents);
    measurements = List.copyOf(measurements);
  }
}
