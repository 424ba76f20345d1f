package imageservice.plan;

import imageservice.configuration.NamedConfiguration;
import imageservice.release.ReleaseDocument;
import imageservice.release.ReleaseIndex;
import java.util.Optional;

/// The context of one request: everything in the tables that its assets are planned from, read
/// once.
///
/// @param configuration with the requested id; empty where the table has none
/// @param document of the requested version; empty before the indexer has written it
public record PlanContext(
    Optional<NamedConfiguration> configuration,
    ReleaseIndex index,
    Optional<ReleaseDocument> document) {
  public PlanContext withDocument(ReleaseDocument written) {
    return new PlanContext(configuration, index, Optional.of(written));
  }
}
