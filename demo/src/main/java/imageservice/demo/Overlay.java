package imageservice.demo;

import imageservice.formats.blob.Blob;
import imageservice.release.Capability;
import imageservice.release.TalosVersion;
import java.util.List;
import java.util.Map;

/// An overlay of a release. What it brings is for arm64, in the images of both architectures.
///
/// @param repository of its image
/// @param artifacts texts by their paths
record Overlay(String repository, String name, Map<String, String> artifacts) {
  /// In the order of their repositories.
  static final List<Overlay> ALL =
      List.of(
          new Overlay(
              "sbc-mini",
              "mini-board",
              Map.of("u-boot/mini-board/u-boot-mini.bin", "mini u-boot of mini-board\n")),
          new Overlay(
              "sbc-raspberrypi",
              "rpi_generic",
              Map.of(
                  "firmware/boot/start4.elf", "mini firmware of rpi_generic\n",
                  "u-boot/rpi_generic/u-boot.bin", "mini u-boot of rpi_generic\n")),
          new Overlay(
              "sbc-rockchip",
              "rock64",
              Map.of(
                  "u-boot/rock64/u-boot-rockchip.bin", "mini u-boot of rock64\n",
                  "dtb/rockchip/rk3328-rock64.dtb", "mini device tree of rock64\n")));

  /// The same in many releases. Overlays for Talos 1.10 and later ask for GRUB.
  DemoImage image(TalosVersion version) {
    boolean grub = Capability.SYSTEMD_BOOT_FOR_UEFI.in(version);
    FileTree.Builder files =
        FileTree.builder()
            .program("installers/" + name, MachineScripts.OVERLAY.content())
            .text("profiles/" + name + ".yaml", profile(grub));
    artifacts.forEach((path, text) -> files.file("artifacts/arm64/" + path, Blob.of(text)));
    List<FileTree> layers = List.of(files.build());
    return DemoImage.of(repository, grub ? "v0.2.0" : "v0.1.0", architecture -> layers);
  }

  private static String profile(boolean grub) {
    return """
    arch: arm64
    platform: metal
    secureboot: false
    output:
      kind: image
      imageOptions:
        diskSize: 1306525696
        diskFormat: raw
    %s  outFormat: .xz
    """
        .formatted(grub ? "    bootloader: grub\n" : "");
  }
}
