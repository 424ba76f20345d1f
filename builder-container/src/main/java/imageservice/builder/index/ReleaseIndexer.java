package imageservice.builder.index;

import imageservice.builder.fetch.OciImages;
import imageservice.release.Digest;
import imageservice.release.Release;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import imageservice.release.VersionPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the index of releases from the tags of the image `imager`. Releases do not change, so a
/// version that was indexed before is not asked after again.
public final class ReleaseIndexer {
  private static final String IMAGER = "imager";

  private final OciImages images;
  private final VersionPolicy policy;

  public ReleaseIndexer(OciImages images, VersionPolicy policy) {
    this.images = images;
    this.policy = policy;
  }

  /// The index now.
  ///
  /// @param before the index as it was
  /// @param grubKit digest of the kit that ISOs get their boot loader from
  public ReleaseIndex index(ReleaseIndex before, Optional<Digest> grubKit) throws IOException {
    List<Release> releases = new ArrayList<>();
    for (TalosVersion version : policy.select(images.tags(IMAGER))) {
      Optional<Release> known = before.find(version);
      releases.add(known.isPresent() ? known.get() : release(version));
    }
    return new ReleaseIndex(releases, grubKit);
  }

  private Release release(TalosVersion version) throws IOException {
    return new Release(version, images.resolve(IMAGER, version.toString()).digest());
  }
}
