package imageservice.release;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every release that can be built from, ascending by version, and the digest of the GRUB kit that
/// ISOs get their boot loader from. Written by the builder's side, so that a request is planned
/// without asking a registry.
///
/// @param tagList what the list of releases was last, where the source can tell whether it changed
/// @param documented releases whose documents are written and settled
public record ReleaseIndex(
    List<Release> releases,
    Optional<Digest> grubKit,
    Optional<TagList> tagList,
    Set<TalosVersion> documented) {
  /// The list of tags that an index was made from.
  ///
  /// @param validator the source's own word for this state of the list: an entity tag (RFC 9110,
  ///   section 8.8.3)
  /// @param basis of the choice among the tags: another source or policy chooses otherwise
  public record TagList(String validator, Digest basis) {}

  /// How many minor versions a message names.
  private static final int NEWEST = 3;

  public static final ReleaseIndex EMPTY = new ReleaseIndex(List.of(), Optional.empty());

  public ReleaseIndex {
    releases = releases.stream().sorted(Comparator.comparing(Release::version)).toList();
    Set<TalosVersion> seen = new HashSet<>();
    for (Release release : releases) {
      if (!seen.add(release.version())) {
        throw new IllegalArgumentException("two releases of version " + release.version());
      }
    }
    documented = documented.stream().filter(seen::contains).collect(Collectors.toUnmodifiableSet());
  }

  public ReleaseIndex(List<Release> releases, Optional<Digest> grubKit) {
    this(releases, grubKit, Optional.empty(), Set.of());
  }

  public ReleaseIndex withGrubKit(Optional<Digest> kit) {
    return new ReleaseIndex(releases, kit, tagList, documented);
  }

  public ReleaseIndex withDocumented(Set<TalosVersion> versions) {
    return new ReleaseIndex(releases, grubKit, tagList, versions);
  }

  public List<TalosVersion> versions() {
    return releases.stream().map(Release::version).toList();
  }

  public Optional<Release> find(TalosVersion version) {
    return releases.stream().filter(release -> release.version().equals(version)).findFirst();
  }

  /// What to ask for instead of a version that is not here, one line for people: the newest of its
  /// minor version, and of the newest minor versions. Empty where there is no release.
  public Optional<String> onOffer(TalosVersion absent) {
    Map<String, TalosVersion> newest = new LinkedHashMap<>();
    for (Release release : releases.reversed()) {
      if (!release.version().isPreRelease()) {
        newest.putIfAbsent(minor(release.version()), release.version());
      }
    }
    String offered =
        Stream.concat(
                Stream.ofNullable(newest.get(minor(absent))),
                newest.values().stream().limit(NEWEST))
            .distinct()
            .map(TalosVersion::toString)
            .collect(Collectors.joining(", "));
    return offered.isEmpty()
        ? Optional.empty()
        : Optional.of("on offer are " + offered + "; GET /versions lists all");
  }

  private static String minor(TalosVersion version) {
    return version.major() + "." + version.minor();
  }
}
