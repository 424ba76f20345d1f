package imageservice.builder.index;

import imageservice.builder.yaml.YamlValue;
import imageservice.release.CatalogueOverlay;
import imageservice.release.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The catalogue of overlays: a root file of the image `overlays`.
///
/// @param overlays in the order of the file
/// @param passedOver names of overlays whose images another organisation has, not the source
record OverlayCatalogue(List<CatalogueOverlay> overlays, List<String> passedOver) {
  static final String FILE = "overlays.yaml";

  /// Overlays name files in their images.
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,127}");

  OverlayCatalogue {
    overlays = List.copyOf(overlays);
    passedOver = List.copyOf(passedOver);
  }

  /// @param prefix of the source that images are fetched from, where that is a registry
  static OverlayCatalogue parse(byte[] content, Optional<String> prefix)
      throws MalformedCatalogueException {
    YamlValue document = CatalogueText.yaml(FILE, content).orElseThrow(() -> notAMapping());
    if (!(document instanceof YamlValue.Mapping mapping)) {
      throw notAMapping();
    }
    List<CatalogueOverlay> overlays = new ArrayList<>();
    List<String> passedOver = new ArrayList<>();
    for (YamlValue item : items(mapping)) {
      Item overlay = item(item, overlays.size() + passedOver.size());
      Optional<String> ref = overlay.image().in(prefix);
      if (ref.isPresent()) {
        overlays.add(
            new CatalogueOverlay(
                overlay.name(), overlay.image().name(), ref.get(), overlay.digest()));
      } else {
        passedOver.add(overlay.name());
      }
    }
    return new OverlayCatalogue(overlays, passedOver);
  }

  private record Item(String name, TaggedReference image, Digest digest) {}

  private static List<YamlValue> items(YamlValue.Mapping mapping)
      throws MalformedCatalogueException {
    YamlValue list =
        CatalogueText.value(mapping.fields(), "overlays")
            .orElseThrow(() -> new MalformedCatalogueException(FILE, "overlays is missing"));
    return switch (list) {
      case YamlValue.Sequence sequence -> sequence.items();
      case YamlValue.Null _ -> List.of();
      case YamlValue.Text _, YamlValue.Mapping _ ->
          throw new MalformedCatalogueException(FILE, "overlays is not a list");
    };
  }

  private static Item item(YamlValue node, int index) throws MalformedCatalogueException {
    String what = "overlays[%d]".formatted(index);
    List<YamlValue.Field> fields = CatalogueText.fields(FILE, what, node);
    String name = CatalogueText.text(FILE, what, fields, "name");
    String image = CatalogueText.text(FILE, what, fields, "image");
    String digest = CatalogueText.text(FILE, what, fields, "digest");
    if (!NAME.matcher(name).matches()) {
      throw wrong(what, "not an overlay's name", name);
    }
    return new Item(
        name,
        TaggedReference.parse(image)
            .orElseThrow(() -> wrong(what, "not an image's reference with a tag", image)),
        Digest.parse(digest).orElseThrow(() -> wrong(what, "not a digest", digest)));
  }

  private static MalformedCatalogueException wrong(String what, String problem, String value) {
    return new MalformedCatalogueException(
        FILE, "%s: %s: %s".formatted(what, problem, CatalogueText.shown(value)));
  }

  private static MalformedCatalogueException notAMapping() {
    return new MalformedCatalogueException(FILE, "the document is not a mapping");
  }
}
