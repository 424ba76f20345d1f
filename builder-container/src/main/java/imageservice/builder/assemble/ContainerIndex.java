package imageservice.builder.assemble;

import imageservice.json.JsonText;
import imageservice.release.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The index of a container image: OCI image specification, image index.
final class ContainerIndex {
  static final String INDEX = "application/vnd.oci.image.index.v1+json";

  private static final int SCHEMA = 2;

  private ContainerIndex() {}

  /// The index as the asset. Clients ask for everything by its digest afterwards, the index itself
  /// included, so all of it is content as well.
  static Product product(List<ContainerImage> images) {
    ContainerImage.Json index = index(images);
    Map<Digest, Product.Content> contents = new LinkedHashMap<>();
    for (ContainerImage image : images) {
      image
          .layers()
          .forEach(layer ->
              contents.put(
                  layer.digest(),
                  new Product.Content(layer.digest(), layer.mediaType(), layer.content())));
      put(contents, ContainerImage.CONFIGURATION, image.configuration());
      put(contents, ContainerImage.MANIFEST, image.manifest());
    }
    put(contents, INDEX, index);
    return new Product(index.blob(), new ArrayList<>(contents.values()), List.of());
  }

  private static void put(
      Map<Digest, Product.Content> contents, String mediaType, ContainerImage.Json json) {
    contents.put(json.digest(), new Product.Content(json.digest(), mediaType, json.blob()));
  }

  private static ContainerImage.Json index(List<ContainerImage> images) {
    JsonText index =
        JsonText.object()
            .put("schemaVersion", SCHEMA)
            .put("mediaType", INDEX)
            .put("manifests", images.stream().map(ContainerIndex::entry).toList());
    return new ContainerImage.Json(index.toString());
  }

  private static JsonText entry(ContainerImage image) {
    return ContainerImage.descriptor(ContainerImage.MANIFEST, image.manifest())
        .put(
            "platform",
            JsonText.object()
                .put("architecture", image.architecture().toString())
                .put("os", ContainerImage.OS))
        .put("artifactType", ContainerImage.CONFIGURATION);
  }
}
