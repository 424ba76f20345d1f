package imageservice.plan;

import imageservice.release.Capability;
import java.util.List;
import java.util.Optional;

/// The extension that tells a machine the configuration of its asset. Talos, Omni and talosctl read
/// its name, version, author and extra information.
final class SchematicExtension {
  private SchematicExtension() {}

  static Extension of(PlanRequest request, String externalUrl) {
    String id = request.named().id().hex();
    return new Extension.Synthetic(
        new ExtensionManifest(
            "schematic",
            id,
            "Image Factory (" + externalUrl + ")",
            "Virtual extension which specifies the schematic of the image built with schematic.",
            ">= 1.0.0",
            Capability.SCHEMATIC_EXTRA_INFO.in(request.version())
                ? Optional.of(request.named().text())
                : Optional.empty()),
        List.of(
            new Extension.SyntheticFile(
                "usr/local/share/schematic/" + id, "", 0644, Optional.empty())));
  }
}
