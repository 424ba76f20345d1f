package imageservice.functions.asset;

import imageservice.asset.Asset;
import imageservice.asset.AssetAddress;
import imageservice.configuration.ConfigurationId;
import imageservice.configuration.NamedConfiguration;
import imageservice.functions.configuration.ConfigurationStore;
import imageservice.ledger.ItemTable;
import imageservice.ledger.LedgerView;
import imageservice.plan.Generations;
import imageservice.plan.PlanContext;
import imageservice.plan.Planner;
import imageservice.release.ReleaseIndex;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the context of a request, with one call to each table.
public final class AssetContexts {
  private static final LedgerView EMPTY =
      new LedgerView(ReleaseIndex.EMPTY, Optional.empty(), Map.of());

  private final Planner planner;
  private final Generations generations;
  private final ConfigurationStore configurations;
  private final ItemTable builds;

  public AssetContexts(
      Planner planner,
      Generations generations,
      ConfigurationStore configurations,
      ItemTable builds) {
    this.planner = planner;
    this.generations = generations;
    this.configurations = configurations;
    this.builds = builds;
  }

  public AssetAddress address(Asset asset) {
    return generations.address(asset);
  }

  /// The context of a request that names these assets, with the records of their builds.
  ///
  /// @param assets at least one, all of one configuration and version
  public AssetContext read(Asset... assets) throws IOException {
    return read(assets[0], assets);
  }

  private AssetContext read(Asset first, Asset... assets) throws IOException {
    return switch (first) {
      case Asset.Attestation attestation -> read(attestation.of(), assets);
      case Asset.Talosctl talosctl -> context(Optional.empty(), view(talosctl, assets));
      case Asset.SourceImage source -> context(Optional.empty(), view(source, assets));
      case Asset.Configured configured -> configured(configured.id(), configured, assets);
      case Asset.InstallerImage image -> configured(image.id(), image, assets);
    };
  }

  private AssetContext configured(ConfigurationId id, Asset first, Asset... assets)
      throws IOException {
    Optional<NamedConfiguration> named = configurations.read(id);
    return context(named, named.isPresent() ? view(first, assets) : EMPTY);
  }

  private LedgerView view(Asset first, Asset... assets) throws IOException {
    List<AssetAddress> addresses = Arrays.stream(assets).map(this::address).toList();
    return LedgerView.read(builds, first.version(), addresses);
  }

  private AssetContext context(Optional<NamedConfiguration> named, LedgerView view) {
    return new AssetContext(
        planner, new PlanContext(named, view.index(), view.document()), view.records());
  }
}
