package imageservice.functions.asset;

import imageservice.functions.http.Answer;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildRecord;
import imageservice.ledger.BuildState;
import java.io.IOException;
import java.util.Optional;

/// Answers for assets. One that is there costs one read of its record; only otherwise is anything
/// else read and planned.
public final class Delivery {
  private final BuildLedger builds;
  private final ColdAsset cold;
  private final Redirects redirects;

  public Delivery(BuildLedger builds, ColdAsset cold, Redirects redirects) {
    this.builds = builds;
    this.cold = cold;
    this.redirects = redirects;
  }

  /// The answer; nothing where nobody knows the configuration.
  Optional<Answer> answer(AssetRequest asset) throws IOException {
    Optional<BuildRecord> record = builds.find(asset.objectKey().buildId());
    boolean ready =
        record.isPresent()
            && record.get().state() instanceof BuildState.Ready state
            && redirects.isThere(asset.objectKey(), state);
    return ready && !asset.wantsStatus()
        ? Optional.of(redirects.toObject(asset))
        : cold.answer(asset);
  }
}
