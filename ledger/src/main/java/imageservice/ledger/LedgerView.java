package imageservice.ledger;

import imageservice.asset.AssetAddress;
import imageservice.release.ReleaseDocument;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Index, release document and build records for one request, read from the table in one call.
///
/// @param index without releases before the indexer has written one
/// @param document of the requested version; empty before the indexer has written it
/// @param records table items of the requested builds; an address without a record has none
public record LedgerView(
    ReleaseIndex index, Optional<ReleaseDocument> document, Map<AssetAddress, Item> records) {
  public LedgerView {
    records = Map.copyOf(records);
  }

  /// Reads the view of a request for assets of one version.
  ///
  /// @param addresses of the requested assets
  public static LedgerView read(ItemTable table, TalosVersion version, List<AssetAddress> addresses)
      throws IOException {
    String documentKey = ReleaseLedger.documentKey(version);
    Set<String> keys = new HashSet<>(Set.of(ReleaseLedger.KEY, documentKey));
    addresses.forEach(address -> keys.add(BuildLedger.key(address)));
    Map<String, Item> items = table.findAll(keys);
    Map<AssetAddress, Item> records = new HashMap<>();
    for (AssetAddress address : addresses) {
      item(items, BuildLedger.key(address)).ifPresent(item -> records.put(address, item));
    }
    return new LedgerView(
        ReleaseLedger.index(item(items, ReleaseLedger.KEY)),
        ReleaseLedger.document(item(items, documentKey)),
        records);
  }

  /// The table item of an asset's record as it was read; empty where the table had none.
  public Optional<Item> record(AssetAddress address) {
    return Optional.ofNullable(records.get(address));
  }

  private static Optional<Item> item(Map<String, Item> items, String key) {
    return Optional.ofNullable(items.get(key));
  }
}
