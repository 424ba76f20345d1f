package imageservice.plan;

import imageservice.release.TalosVersion;
import java.util.ArrayList;
import java.util.List;

/// The release's initramfs with extensions behind it.
///
/// @param version of Talos, which extensions may limit themselves to
/// @param mergedUsr whether modules and firmware lie below `usr/lib`; below `lib` otherwise
public record InitramfsContent(
    TalosVersion version,
    Input.ImageFile base,
    boolean mergedUsr,
    AddOnCompression compression,
    List<Extension> extensions) {
  public InitramfsContent {
    extensions = List.copyOf(extensions);
  }

  /// What must be fetched.
  public List<Input> inputs() {
    List<Input> inputs = new ArrayList<>(List.of(base));
    for (Extension extension : extensions) {
      if (extension instanceof Extension.Packaged packaged && !inputs.contains(packaged.image())) {
        inputs.add(packaged.image());
      }
    }
    return List.copyOf(inputs);
  }
}
