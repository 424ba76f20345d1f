package imageservice.functions.asset;

import imageservice.asset.Asset;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Request;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildRecord;
import imageservice.ledger.BuildState;
import java.io.IOException;
import java.util.Optional;

/// Answers requests for assets. A ready asset costs one read of its record and one look at its
/// object; only for others does {@link ColdAsset} read the context and plan.
public final class Delivery {
  private final AssetContexts contexts;
  private final BuildLedger builds;
  private final StoredAssets stored;
  private final ColdAsset cold;
  private final Serving serving;

  /// @param serving how clients get an asset that is ready
  public Delivery(
      AssetContexts contexts,
      BuildLedger builds,
      StoredAssets stored,
      ColdAsset cold,
      Serving serving) {
    this.contexts = contexts;
    this.builds = builds;
    this.stored = stored;
    this.cold = cold;
    this.serving = serving;
  }

  /// @param requestedName the asset name as the client spelled it
  public Answer answer(Request request, Asset asset, String requestedName) throws IOException {
    AssetRequest wanted = new AssetRequest(request, contexts.address(asset), requestedName);
    Optional<BuildRecord> record =
        wanted.wantsStatus() ? Optional.empty() : builds.find(wanted.address());
    if (record.isPresent() && record.get().state() instanceof BuildState.Ready ready) {
      Optional<AssetLinks.Found> found = stored.find(wanted.address(), ready);
      if (found.isPresent()) {
        return serving.of(wanted, found.get(), ready.product().asset());
      }
    }
    return cold.answer(wanted);
  }
}
