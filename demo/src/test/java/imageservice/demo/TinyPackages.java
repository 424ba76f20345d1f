package imageservice.demo;

import imageservice.formats.testing.ElfModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All packages that releases are made of, with next to nothing in them.
final class TinyPackages {
  private static final List<String> MODULES =
      List.of(
          "loop",
          "squashfs",
          "overlay",
          "vxlan",
          "udp_tunnel",
          "ip6_udp_tunnel",
          "efivarfs",
          "tpm_tis_core",
          "tpm_tis",
          "virtio",
          "virtio_ring",
          "virtio_pci_legacy_dev",
          "virtio_pci_modern_dev",
          "virtio_pci",
          "unwanted");

  private TinyPackages() {}

  static Packages in(Path folder) throws IOException {
    for (String architecture : List.of("amd64", "arm64")) {
      String name = "linux-image-6.1.0-1-" + architecture;
      Path debs = Files.createDirectories(folder.resolve("debs"));
      Files.writeString(
          debs.resolve("dependency.linux-image-cloud-%1$s_%1$s_bookworm".formatted(architecture)),
          name + "\n");
      DebianFile.add(folder, name + ":" + architecture + "/bookworm", kernel(architecture));
      DebianFile.add(
          folder,
          "busybox-static:" + architecture + "/bookworm",
          Map.of("bin/busybox", text("busybox " + architecture)));
      String suffix = architecture.equals("amd64") ? "x64" : "aa64";
      String efi = "usr/lib/systemd/boot/efi/";
      DebianFile.add(
          folder,
          "systemd-boot-efi:" + architecture + "/trixie",
          Map.of(
              efi + "systemd-boot" + suffix + ".efi", text("boot"),
              efi + "linux" + suffix + ".efi.stub", text("stub")));
    }
    grub(folder, "grub-pc-bin:amd64", "i386-pc");
    grub(folder, "grub-efi-amd64-bin:amd64", "x86_64-efi");
    grub(folder, "grub-efi-arm64-bin:arm64", "arm64-efi");
    return new Packages(folder);
  }

  private static void grub(Path folder, String spec, String platform) throws IOException {
    DebianFile.add(
        folder,
        spec + "/bookworm",
        Map.of(
            "usr/lib/grub/" + platform + "/normal.mod", text("module"),
            "usr/lib/grub/" + platform + "/config.h", text("unwanted")));
  }

  /// `virtio_blk` is part of the kernel.
  private static Map<String, byte[]> kernel(String architecture) {
    String release = "6.1.0-1-" + architecture;
    String folder = "lib/modules/" + release + "/";
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("boot/vmlinuz-" + release, text("kernel " + architecture));
    files.put(folder + "modules.order", text("kernel/drivers/loop.ko\n"));
    files.put(folder + "modules.builtin", text("kernel/drivers/virtio_blk.ko\n"));
    files.put(folder + "modules.builtin.modinfo", text("virtio_blk.alias=virtio:b\0"));
    int machine = architecture.equals("amd64") ? ElfModule.X86_64 : ElfModule.AARCH64;
    for (String name : MODULES) {
      ElfModule module = new ElfModule(machine, ElfModule.Versions.NONE).export(name + "_run");
      files.put(folder + "kernel/drivers/" + name + ".ko", module.toBytes());
    }
    return files;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
