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

  /// One line of an index.
  record Entry(Descriptor descriptor, Platform platform) {}

  /// Empty texts where the index does not say.
  record Platform(String os, String architecture, String variant) {}
}
