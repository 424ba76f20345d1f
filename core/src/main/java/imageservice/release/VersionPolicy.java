package imageservice.release;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which tags of the image `imager` are versions to offer.
///
/// @param minimum the oldest version offered
/// @param broken versions not offered, compared without build metadata
public record VersionPolicy(TalosVersion minimum, Set<TalosVersion> broken) {
  public VersionPolicy {
    broken = Set.copyOf(broken);
  }

  /// The oldest version that is offered unless an operator says otherwise.
  public static final TalosVersion OLDEST = TalosVersion.of(1, 2, 0);

  /// The tags that are offered versions, ascending. Pre-releases are offered for the newest minor
  /// version only.
  public List<TalosVersion> select(Collection<String> tags) {
    List<TalosVersion> candidates =
        tags.stream().map(TalosVersion::parse).flatMap(Optional::stream).distinct().toList();
    Optional<TalosVersion> newest = candidates.stream().max(Comparator.naturalOrder());
    return candidates.stream()
        .filter(version -> version.compareTo(minimum) >= 0)
        .filter(version -> broken.stream().noneMatch(other -> other.compareTo(version) == 0))
        .filter(version -> !version.isPreRelease() || isOffered(version, newest.orElseThrow()))
        .sorted()
        .toList();
  }

  private static boolean isOffered(TalosVersion preRelease, TalosVersion newest) {
    return preRelease.isListedPreRelease()
        && preRelease.major() == newest.major()
        && preRelease.minor() == newest.minor();
  }
}
