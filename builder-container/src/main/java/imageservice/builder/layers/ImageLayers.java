package imageservice.builder.layers;

import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.Manifest;
import java.io.IOException;
import java.io.InputStream;

/// The layers of one image for one architecture, as their source has them.
public interface ImageLayers {
  /// Which layers there are, the lowest first.
  Manifest.ImageManifest manifest() throws IOException;

  /// Opens a layer, which the caller closes.
  InputStream open(Descriptor layer) throws IOException;
}
