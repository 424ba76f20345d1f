package imageservice.plan;

import java.util.List;
import java.util.Optional;

/// A layer over Talos's root file system, in the order in which they were asked for.
public sealed interface Extension {
  /// An extension out of a container image, which brings its own manifest.
  record Packaged(Input.ExtensionImage image) implements Extension {}

  /// An extension that comes from no image.
  record Synthetic(ExtensionManifest manifest, List<SyntheticFile> files) implements Extension {
    public Synthetic {
      files = List.copyOf(files);
    }
  }

  /// A file of a synthetic extension, its folders 0755.
  ///
  /// @param path within the root, without a leading slash
  /// @param mode permission bits
  /// @param selinux value of `security.selinux`
  record SyntheticFile(String path, String content, int mode, Optional<String> selinux) {}
}
