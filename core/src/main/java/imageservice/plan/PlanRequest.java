package imageservice.plan;

import imageservice.asset.AssetName;
import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationId;
import imageservice.release.TalosVersion;

/// One asset of one configuration and version, as asked for.
///
/// @param text the stored canonical text that `id` is the hash of; it may be in an older dialect
///   than ours
public record PlanRequest(
    ConfigurationId id,
    String text,
    Configuration configuration,
    TalosVersion version,
    AssetName name) {}
