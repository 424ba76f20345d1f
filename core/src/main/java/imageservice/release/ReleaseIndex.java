package imageservice.release;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Every release that can be built from, ascending by version, and the digest of the GRUB kit that
/// ISOs get their boot loader from. Written by the builder's side, so that a request is planned
/// without asking a registry.
public record ReleaseIndex(List<Release> releases, Optional<Digest> grubKit) {
  public static final ReleaseIndex EMPTY = new ReleaseIndex(List.of(), Optional.empty());

  public ReleaseIndex {
    releases = releases.stream().sorted(Comparator.comparing(Release::version)).toList();
    Set<TalosVersion> seen = new HashSet<>();
    for (Release release : releases) {
      if (!seen.add(release.version())) {
        throw new IllegalArgumentException("two releases of version " + release.version());
      }
    }
  }

  public List<TalosVersion> versions() {
    return releases.stream().map(Release::version).toList();
  }

  public Optional<Release> find(TalosVersion version) {
    return releases.stream().filter(release -> release.version().equals(version)).findFirst();
  }
}
