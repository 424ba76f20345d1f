package imageservice.plan;

import java.util.List;
import java.util.Optional;

/// A system extension: a layer over Talos's root file system.
public sealed interface Extension {
  /// An extension from a container image, which contains its manifest.
  record Packaged(Input.ExtensionImage image) implements Extension {}

  /// An extension that the planner makes, without a container image.
  record Synthetic(ExtensionManifest manifest, List<SyntheticFile> files) implements Extension {
    public Synthetic {
      files = List.copyOf(files);
    }
  }

  /// A regular file of a synthetic extension; its folders have mode 0755.
  ///
  /// @param path in the extension's file system, without a leading slash
  /// @param mode permission bits
  /// @param selinux value of the extended attribute `security.selinux`
  record SyntheticFile(String path, String content, int mode, Optional<String> selinux) {}
}
