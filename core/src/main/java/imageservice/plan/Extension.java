package imageservice.plan;

import java.util.List;

/// A layer over Talos's root file system, in the order in which layers are stacked.
public sealed interface Extension {
  ExtensionManifest manifest();

  /// An extension that comes from no image.
  record Synthetic(ExtensionManifest manifest, List<SyntheticFile> files) implements Extension {
    public Synthetic {
      files = List.copyOf(files);
    }
  }

  /// A file of a synthetic extension, mode 0644, its folders 0755.
  ///
  /// @param path within the root, without a leading slash
  record SyntheticFile(String path, String content) {}
}
