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

/// What the table of builds and releases holds for one request, read in one call.
///
/// @param index empty before the first was written
/// @param document of the version that was asked for; empty before it was written
/// @param records items of the builds that were asked for; addresses without a record are not in it
public record LedgerView(
    ReleaseIndex index, Optional<ReleaseDocument> document, Map<AssetAddress, Item> records) {
  public LedgerView {
    records = Map.copyOf(records);
  }

  /// Reads what a request for assets of one version needs.
  ///
  /// @param addresses of the assets whose builds' records are wanted
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

  /// The item of an asset's record as it was read; empty where there was none.
  public Optional<Item> record(AssetAddress address) {
    return Optional.ofNullable(records.get(address));
  }

  private static Optional<Item> item(Map<String, Item> items, String key) {
    return Optional.ofNullable(items.get(key));
  }
}
