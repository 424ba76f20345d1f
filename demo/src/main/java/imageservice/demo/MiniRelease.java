package imageservice.demo;

import imageservice.asset.Architecture;
import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.Scratch;
import imageservice.release.Capability;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The images of one version, but for its catalogues, which name them by digest.
///
/// @param initramfs by architecture
record MiniRelease(TalosVersion version, Material material, PerArchitecture<Blob> initramfs) {
  static final String IMAGER = "imager";

  /// @param scratch holds what is compressed for as long as the release is used
  static MiniRelease of(TalosVersion version, Material material, Scratch scratch)
      throws IOException {
    PerArchitecture<Blob> initramfs =
        new PerArchitecture<>(
            new BootFiles(version, material.machines().amd64(), scratch).initramfs(),
            new BootFiles(version, material.machines().arm64(), scratch).initramfs());
    return new MiniRelease(version, material, initramfs);
  }

  List<DemoImage> extensions() {
    return new Extensions(version, material).images();
  }

  boolean hasOverlays() {
    return Capability.OVERLAYS.in(version);
  }

  /// What is neither an extension nor an overlay.
  List<DemoImage> others() {
    List<DemoImage> images = new ArrayList<>();
    images.add(DemoImage.of("installer", tag(), this::installer));
    images.add(DemoImage.of("installer-base", tag(), any -> List.of(base().build())));
    images.add(DemoImage.of(IMAGER, tag(), any -> imager()));
    if (Capability.TALOSCTL_DOWNLOADS.in(version)) {
      images.add(DemoImage.of("talosctl-all", tag(), any -> List.of(talosctl())));
    }
    return images;
  }

  private String tag() {
    return version.toString();
  }

  private FileTree.Builder base() {
    return FileTree.builder()
        .program(
            "usr/bin/installer",
            Blob.of("#!/bin/sh\necho \"mini installer %s\"\n".formatted(version)));
  }

  private List<FileTree> installer(Architecture architecture) {
    FileTree.Builder install = FileTree.builder();
    addBoot(install, architecture);
    install.file(initramfsPath(architecture), initramfs.of(architecture));
    return List.of(base().build(), install.build());
  }

  /// Two layers, so that versions share the one that no version has of its own.
  private List<FileTree> imager() {
    FileTree.Builder constant = FileTree.builder();
    material.grub().forEach(constant::file);
    FileTree.Builder own = base().link("usr/bin/imager", "installer");
    for (Architecture architecture : Architecture.values()) {
      addBoot(constant, architecture);
      own.file(initramfsPath(architecture), initramfs.of(architecture));
    }
    return List.of(constant.build(), own.build());
  }

  private void addBoot(FileTree.Builder files, Architecture architecture) {
    Material.Machine machine = material.machines().of(architecture);
    String folder = "usr/install/" + architecture;
    files
        .file(folder + "/vmlinuz", machine.kernel().image())
        .file(folder + "/systemd-boot.efi", machine.boot())
        .file(folder + "/systemd-stub.efi", machine.stub());
  }

  private static String initramfsPath(Architecture architecture) {
    return "usr/install/" + architecture + "/initramfs.xz";
  }

  private FileTree talosctl() {
    FileTree.Builder files = FileTree.builder();
    for (String system :
        List.of(
            "linux-amd64",
            "linux-arm64",
            "linux-armv7",
            "darwin-amd64",
            "darwin-arm64",
            "freebsd-amd64",
            "freebsd-arm64",
            "windows-amd64",
            "windows-arm64")) {
      String script = "#!/bin/sh\necho \"mini talosctl %s for %s\"\n".formatted(version, system);
      String suffix = system.startsWith("windows") ? ".exe" : "";
      files.program("talosctl-" + system + suffix, Blob.of(script));
    }
    return files.build();
  }
}
