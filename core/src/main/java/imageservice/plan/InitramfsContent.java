package imageservice.plan;

import imageservice.release.TalosVersion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The release's initramfs with extensions behind it.
///
/// @param version of Talos, which extensions may limit themselves to
/// @param kernel that the extensions' modules must fit
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

  /// What must be fetched; the kernel only for extensions that may bring modules.
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
