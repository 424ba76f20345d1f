package imageservice.builder.fetch;

import imageservice.builder.cache.CachedBlob;
import imageservice.builder.material.BaseImage;
import imageservice.builder.material.OtherArchitectureException;
import imageservice.builder.oci.Manifest;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.RawManifest;
import imageservice.builder.oci.SourceException;
import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.plan.Input;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Fetches the images that installers are made from, whose layers stay as they are.
final class BaseImages {
  private final OciImages images;

  BaseImages(OciImages images) {
    this.images = images;
  }

  BaseImage fetch(Input.BaseImage base) throws IOException {
    OciImage image = OciImage.of(base.repository(), base.image());
    try {
      if (!images.isFor(image, base.architecture())) {
        throw otherArchitecture(base);
      }
      return fetch(image, images.manifest(image, base.architecture()));
    } catch (SourceException.NoPlatform e) {
      throw otherArchitecture(base);
    }
  }

  private BaseImage fetch(OciImage image, Manifest.ImageManifest manifest) throws IOException {
    byte[] content = images.blob(image, manifest.config()).bytes(RawManifest.LIMIT);
    try {
      JsonFields configuration = JsonFields.foreign(content);
      List<Digest> diffIds = diffIds(configuration, manifest.layers().size());
      return new BaseImage(
          config(configuration), layers(images.layers(image, kept(manifest)), diffIds));
    } catch (MalformedJsonException e) {
      throw new SourceException.Malformed(
          image.toString(), "its configuration: " + e.getMessage(), e);
    }
  }

  private static Manifest.ImageManifest kept(Manifest.ImageManifest manifest) {
    return new Manifest.ImageManifest(
        manifest.digest(), manifest.config(), BaseImage.kept(manifest.layers()));
  }

  private static List<BaseImage.Layer> layers(List<CachedBlob> blobs, List<Digest> diffIds) {
    List<BaseImage.Layer> layers = new ArrayList<>();
    for (int i = 0; i < blobs.size(); i++) {
      layers.add(new BaseImage.Layer(blobs.get(i).digest(), diffIds.get(i), blobs.get(i)));
    }
    return layers;
  }

  private static JsonFields config(JsonFields configuration) throws MalformedJsonException {
    Optional<JsonFields> config = configuration.optionalObject("config");
    return config.isPresent()
        ? config.get()
        : JsonFields.foreign("{}".getBytes(StandardCharsets.UTF_8));
  }

  /// @param count of the manifest's layers, of which there must be as many
  private static List<Digest> diffIds(JsonFields configuration, int count)
      throws MalformedJsonException {
    List<Digest> diffIds = new ArrayList<>();
    for (String text : configuration.object("rootfs").texts("diff_ids")) {
      diffIds.add(
          Digest.parse(text)
              .orElseThrow(() -> new MalformedJsonException("a diff id is no sha256 digest")));
    }
    if (diffIds.isEmpty() || diffIds.size() != count) {
      throw new MalformedJsonException(
          "%d diff ids for %d layers".formatted(diffIds.size(), count));
    }
    return diffIds;
  }

  private static OtherArchitectureException otherArchitecture(Input.BaseImage base) {
    return new OtherArchitectureException(
        "the release's image %s has no %s build".formatted(base.repository(), base.architecture()));
  }
}
