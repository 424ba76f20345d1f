package imageservice.plan;

import imageservice.asset.AssetName;
import imageservice.configuration.Configuration;
import imageservice.configuration.Customization;
import imageservice.configuration.NamedConfiguration;
import imageservice.release.TalosVersion;

/// A request for one asset of one configuration and version.
record PlanRequest(NamedConfiguration named, TalosVersion version, AssetName name) {
  Configuration configuration() {
    return named.configuration();
  }

  Customization customization() {
    return named.configuration().customization();
  }
}
