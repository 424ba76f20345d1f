package imageservice.plan;

import imageservice.release.TalosVersion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The parts of an initramfs: the release's own, followed by extensions.
///
/// @param version of Talos, which must be in the range of each extension's manifest
/// @param base the release's initramfs
/// @param kernel whose version the extensions' kernel modules must match
/// @param mergedUsr whether modules and firmware lie below `usr/lib`; below `lib` otherwise
public record InitramfsContent(
    TalosVersion version,
    Input.ImageFile base,
    Input.ImageFile kernel,
    boolean mergedUsr,
    AddOnCompression compression,
    List<Extension> extensions) {
  public InitramfsContent {
    extensions = List.copyOf(extensions);
  }

  /// The inputs that the builder fetches, each once; the kernel only where an extension may bring
  /// modules.
  public List<Input> inputs() {
    Set<Input> inputs = new LinkedHashSet<>(List.of(base));
    for (Extension extension : extensions) {
      if (extension instanceof Extension.Packaged packaged) {
        inputs.add(kernel);
        inputs.add(packaged.image());
      }
    }
    return List.copyOf(inputs);
  }
}
