package imageservice.ledger;

import imageservice.asset.Asset;
import imageservice.asset.AssetAddress;
import imageservice.plan.AssetKey;
import imageservice.release.Digest;
import imageservice.release.TalosVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Addresses, plans and products for tests of records.
public final class Builds {
  public static final AssetAddress ADDRESS = address("talosctl-linux-amd64");
  public static final AssetKey PLAN = plan("plan");
  public static final AssetKey OTHER_PLAN = plan("other plan");
  public static final PlannedAsset ASSET = planned(ADDRESS);

  private Builds() {}

  /// The address of a file of talosctl's.
  public static AssetAddress address(String file) {
    return new AssetAddress("g1a2b3c4d", new Asset.Talosctl(TalosVersion.of(1, 11, 0), file));
  }

  /// An asset of {@link #PLAN} without warnings.
  public static PlannedAsset planned(AssetAddress address) {
    return new PlannedAsset(address, PLAN, List.of());
  }

  public static AssetKey plan(String text) {
    return new AssetKey(Digest.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static StoredProduct product(long size) {
    return new StoredProduct(object(size, "cd"), List.of(), List.of());
  }

  /// @param pair of hex digits, of which the digest repeats 32
  public static StoredObject object(long size, String pair) {
    return new StoredObject(size, new Digest("sha256:" + pair.repeat(32)));
  }
}
