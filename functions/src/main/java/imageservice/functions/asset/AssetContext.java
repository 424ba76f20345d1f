package imageservice.functions.asset;

import imageservice.asset.Asset;
import imageservice.asset.AssetAddress;
import imageservice.ledger.Item;
import imageservice.plan.PlanContext;
import imageservice.plan.PlanOutcome;
import imageservice.plan.Planner;
import imageservice.release.ReleaseDocument;
import java.util.Map;
import java.util.Optional;

/// The context of one request, and the records of its assets' builds as read when it arrived.
///
/// @param plans what the assets are planned from
/// @param records table items of the records; an asset whose build was never ordered has none
public record AssetContext(Planner planner, PlanContext plans, Map<AssetAddress, Item> records) {
  public AssetContext {
    records = Map.copyOf(records);
  }

  /// The plan of one of the assets, or why there is none.
  public PlanOutcome plan(Asset asset) {
    return planner.plan(asset, plans);
  }

  /// The table item of an asset's record as it was read; empty where the table had none.
  Optional<Item> record(AssetAddress address) {
    return Optional.ofNullable(records.get(address));
  }

  AssetContext withDocument(ReleaseDocument document) {
    return new AssetContext(planner, plans.withDocument(document), records);
  }
}
