package imageservice.builder.oci;

import imageservice.release.Digest;
import java.util.List;

/// A decoded manifest.
public sealed interface Manifest {
  /// Several images, one per platform.
  record ImageIndex(List<Entry> entries) implements Manifest {
    public ImageIndex {
      entries = List.copyOf(entries);
    }
  }

  /// One image.
  record ImageManifest(Digest digest, Descriptor config, List<Descriptor> layers)
      implements Manifest {
    public ImageManifest {
      layers = List.copyOf(layers);
    }
  }

  /// One image of an index.
  record Entry(Descriptor descriptor, Platform platform) {}

  /// What an image runs on; texts are empty where the index does not say.
  record Platform(String os, String architecture, String variant) {}
}
