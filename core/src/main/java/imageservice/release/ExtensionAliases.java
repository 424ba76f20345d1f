package imageservice.release;

import java.util.Map;
import java.util.Optional;

/// Extensions that were renamed, old name to new. Configurations keep the old one; it is looked for
/// first, as releases from before the change still have it.
final class ExtensionAliases {
  private static final Map<String, String> RENAMED =
      Map.ofEntries(
          Map.entry("siderolabs/v4l-uvc", "siderolabs/v4l-uvc-drivers"),
          Map.entry("siderolabs/usb-modem", "siderolabs/usb-modem-drivers"),
          Map.entry("siderolabs/gasket", "siderolabs/gasket-driver"),
          Map.entry("siderolabs/talos-vmtoolsd", "siderolabs/vmtoolsd-guest-agent"),
          Map.entry("siderolabs/xe-guest-utilities", "siderolabs/xen-guest-agent"),
          Map.entry(
              "siderolabs/nvidia-container-toolkit", "siderolabs/nvidia-container-toolkit-lts"),
          Map.entry(
              "siderolabs/nvidia-open-gpu-kernel-modules",
              "siderolabs/nvidia-open-gpu-kernel-modules-lts"),
          Map.entry("siderolabs/nonfree-kmod-nvidia", "siderolabs/nonfree-kmod-nvidia-lts"),
          Map.entry("siderolabs/nvidia-fabricmanager", "siderolabs/nvidia-fabric-manager-lts"),
          Map.entry("siderolabs/i915-ucode", "siderolabs/i915"),
          Map.entry("siderolabs/amdgpu-firmware", "siderolabs/amdgpu"));

  private ExtensionAliases() {}

  static Optional<String> of(String name) {
    return Optional.ofNullable(RENAMED.get(name));
  }
}
