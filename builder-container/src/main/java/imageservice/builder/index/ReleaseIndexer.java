package imageservice.builder.index;

import imageservice.builder.fetch.OciImages;
import imageservice.builder.oci.SourceException;
import imageservice.builder.oci.Tags;
import imageservice.release.Digest;
import imageservice.release.Release;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import imageservice.release.VersionPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Makes the index of releases from the tags of the image `imager`. A release never changes, so a
/// version that was indexed before is not resolved again; where the source answers that its tags
/// have not changed, no version is.
public final class ReleaseIndexer {
  private static final String IMAGER = "imager";

  private final OciImages images;
  private final VersionPolicy policy;

  public ReleaseIndexer(OciImages images, VersionPolicy policy) {
    this.images = images;
    this.policy = policy;
  }

  /// The index of what the source offers now.
  ///
  /// @param before the index as it was
  /// @param grubKit digest of the kit that ISOs get their boot loader from
  public ReleaseIndex index(ReleaseIndex before, Optional<Digest> grubKit) throws IOException {
    Digest basis = basis();
    Optional<String> validator =
        before
            .tagList()
            .filter(list -> list.basis().equals(basis))
            .map(ReleaseIndex.TagList::validator);
    return switch (images.tags(IMAGER, validator)) {
      case Tags.Unchanged _ -> before.withGrubKit(grubKit);
      case Tags.Listed listed -> {
        List<TalosVersion> versions = policy.select(listed.tags());
        List<Release> releases = releases(before, versions);
        // Where a tag leads to no image yet, the same list has to be read again.
        boolean isWhole = releases.size() == versions.size();
        yield new ReleaseIndex(
            releases,
            grubKit,
            listed
                .validator()
                .filter(text -> isWhole)
                .map(text -> new ReleaseIndex.TagList(text, basis)),
            before.documented());
      }
    };
  }

  /// Leaves out tags that lead to no image, as in a mirror that was copied in part.
  ///
  /// @throws SourceException.NotFound where none leads to one
  private List<Release> releases(ReleaseIndex before, List<TalosVersion> versions)
      throws IOException {
    List<Release> releases = new ArrayList<>();
    SourceException.NotFound absent = null;
    for (TalosVersion version : versions) {
      Optional<Release> known = before.find(version);
      try {
        releases.add(known.isPresent() ? known.get() : release(version));
      } catch (SourceException.NotFound e) {
        absent = e;
      }
    }
    if (releases.isEmpty() && absent != null) {
      throw absent;
    }
    return releases;
  }

  /// A release whose image nobody admits is listed too: whoever wants something of it is told why.
  private Release release(TalosVersion version) throws IOException {
    return new Release(version, images.find(IMAGER, version.toString()).digest());
  }

  /// The digest of everything that decides which of the same tags become releases.
  private Digest basis() {
    String broken =
        policy.broken().stream()
            .sorted()
            .map(TalosVersion::toString)
            .collect(Collectors.joining(" "));
    String text = "%s\n%s\n%s".formatted(images.prefix().orElse(""), policy.minimum(), broken);
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
