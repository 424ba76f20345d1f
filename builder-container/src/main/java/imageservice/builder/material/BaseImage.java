package imageservice.builder.material;

import imageservice.formats.blob.Blob;
import imageservice.json.JsonFields;
import imageservice.release.Digest;
import java.util.List;

/// An installer's base: what a container engine needs to know of an image, and its layers as their
/// source has them.
///
/// @param config how the image runs, the object `config` of its configuration (OCI image
///   specification, image configuration)
/// @param layers that installers keep, at least one, the lowest first
public record BaseImage(JsonFields config, List<Layer> layers) {
  /// Layers of a base that has the release's own artifacts in the last, in whose place ours come.
  private static final int WITH_ARTIFACTS = 2;

  public BaseImage {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a base without layers");
    }
  }

  /// Those of an image's layers that installers keep.
  public static <T> List<T> kept(List<T> layers) {
    return layers.size() == WITH_ARTIFACTS ? layers.subList(0, 1) : layers;
  }

  /// @param digest of the content
  /// @param diffId digest of the layer's tar
  public record Layer(Digest digest, Digest diffId, Blob content) {}
}
