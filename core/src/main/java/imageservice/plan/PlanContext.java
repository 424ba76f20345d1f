package imageservice.plan;

import imageservice.configuration.NamedConfiguration;
import imageservice.release.ReleaseDocument;
import imageservice.release.ReleaseIndex;
import java.util.Optional;

/// What the tables hold of one configuration and one version: all that plans are made from. Loaded
/// once for each request.
///
/// @param configuration empty where there is none of the id that was asked for
/// @param document of the version that was asked for; empty where it is not written yet
public record PlanContext(
    Optional<NamedConfiguration> configuration,
    ReleaseIndex index,
    Optional<ReleaseDocument> document) {
  public PlanContext withDocument(ReleaseDocument written) {
    return new PlanContext(configuration, index, Optional.of(written));
  }
}
