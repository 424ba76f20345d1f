package imageservice.ledger;

import imageservice.asset.AssetAddress;
import imageservice.plan.AssetKey;
import java.util.List;

/// An asset as one request planned it.
///
/// @param plan asset key of the plan
/// @param warnings what the asset holds otherwise than its configuration says, a line each
public record PlannedAsset(AssetAddress address, AssetKey plan, List<String> warnings) {
  public PlannedAsset {
    warnings = List.copyOf(warnings);
  }
}
