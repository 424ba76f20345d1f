package imageservice.plan;

import imageservice.asset.AssetName;
import imageservice.configuration.Configuration;
import imageservice.configuration.Customization;
import imageservice.configuration.NamedConfiguration;
import imageservice.release.TalosVersion;

/// One asset of one configuration and version, as asked for.
record PlanRequest(NamedConfiguration named, TalosVersion version, AssetName name) {
  Configuration configuration() {
    return named.configuration();
  }

  Customization customization() {
    return named.configuration().customization();
  }
}
