package imageservice.builder.assemble;

import imageservice.asset.Architecture;
import imageservice.formats.blob.Blob;
import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.release.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/// A container image for one architecture, in the media types of Docker's image manifest version 2,
/// schema 2, which every engine reads.
///
/// @param layers the lowest first
/// @param configuration its JSON
record ContainerImage(Architecture architecture, List<ContainerLayer> layers, Json configuration) {
  static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
  static final String CONFIGURATION = "application/vnd.docker.container.image.v1+json";
  static final String OS = "linux";

  /// Equal plans give equal bytes at any time, so no image tells when it was made.
  private static final String CREATED = "1970-01-01T00:00:00Z";

  /// Of what made a layer nothing is told, as the reference does.
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private static final int SCHEMA = 2;

  ContainerImage {
    layers = List.copyOf(layers);
  }

  /// A JSON document that others refer to by its digest.
  record Json(String text) {
    Digest digest() {
      return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    Blob blob() {
      return Blob.of(text);
    }
  }

  /// @param config how the image runs
  static ContainerImage of(
      Architecture architecture, JsonFields config, List<ContainerLayer> layers) {
    List<JsonText> history =
        Collections.nCopies(layers.size(), JsonText.object().put("created", NEVER));
    List<String> diffIds = layers.stream().map(layer -> layer.diffId().value()).toList();
    JsonText configuration =
        JsonText.object()
            .put("architecture", architecture.toString())
            .put("created", CREATED)
            .put("history", history)
            .put("os", OS)
            .put("rootfs", JsonText.object().put("type", "layers").put("diff_ids", diffIds))
            .put("config", config);
    return new ContainerImage(architecture, layers, new Json(configuration.toString()));
  }

  Json manifest() {
    JsonText manifest =
        JsonText.object()
            .put("schemaVersion", SCHEMA)
            .put("mediaType", MANIFEST)
            .put("config", descriptor(CONFIGURATION, configuration))
            .put("layers", layers.stream().map(ContainerImage::descriptor).toList());
    return new Json(manifest.toString());
  }

  static JsonText descriptor(String mediaType, Json json) {
    return descriptor(mediaType, json.blob().length(), json.digest());
  }

  private static JsonText descriptor(ContainerLayer layer) {
    return descriptor(layer.mediaType(), layer.content().length(), layer.digest());
  }

  private static JsonText descriptor(String mediaType, long size, Digest digest) {
    return JsonText.object()
        .put("mediaType", mediaType)
        .put("size", size)
        .put("digest", digest.value());
  }
}
