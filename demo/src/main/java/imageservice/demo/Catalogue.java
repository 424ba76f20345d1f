package imageservice.demo;

import imageservice.release.Digest;
import imageservice.release.TalosVersion;
import java.util.List;

/// The images that tell what a release offers: `extensions` and `overlays`. They are the same for
/// both architectures.
final class Catalogue {
  private static final String PREFIX = "ghcr.io/siderolabs/";

  private Catalogue() {}

  /// @param digest of the image's index
  record Offer(DemoImage image, Digest digest) {
    String reference() {
      return PREFIX + image.name() + ":" + image.tag();
    }
  }

  static DemoImage extensions(TalosVersion version, List<Offer> offers) {
    StringBuilder digests = new StringBuilder();
    StringBuilder descriptions = new StringBuilder();
    for (Offer offer : offers) {
      String line = offer.reference() + "@" + offer.digest();
      digests.append(line).append('\n');
      descriptions.append(
          """
          %s:
            author: Mini Release
            description: |
              %s, an extension for tests.
          """
              .formatted(line, offer.image().name()));
    }
    List<FileTree> layers =
        List.of(
            FileTree.builder()
                .text("image-digests", digests.toString())
                .text("descriptions.yaml", descriptions.toString())
                .build());
    return DemoImage.of("extensions", version.toString(), any -> layers);
  }

  /// An overlay by its name, and its image.
  record OverlayOffer(String overlay, Offer offer) {}

  static DemoImage overlays(TalosVersion version, List<OverlayOffer> offers) {
    StringBuilder text = new StringBuilder("overlays:\n");
    for (OverlayOffer each : offers) {
      text.append(
          """
              - name: %s
                image: %s
                digest: %s
          """
              .formatted(each.overlay(), each.offer().reference(), each.offer().digest()));
    }
    List<FileTree> layers =
        List.of(FileTree.builder().text("overlays.yaml", text.toString()).build());
    return DemoImage.of("overlays", version.toString(), any -> layers);
  }
}
