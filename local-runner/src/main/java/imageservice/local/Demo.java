package imageservice.local;

import imageservice.release.TalosVersion;

/// Commands to try with a miniature release.
final class Demo {
  private Demo() {}

  static String hints(String url, TalosVersion version) {
    return """

    Try, in another terminal:
      printf 'customization:\\n  extraKernelArgs: [vga=791, hello=world]\\n' >config.yaml
      id=$(curl -fsS --data-binary @config.yaml %1$sschematics | sed 's/.*"id":"\\([0-9a-f]*\\)".*/\\1/')
      curl -fLO %1$simage/$id/%2$s/metal-amd64.iso

    and boot it, which says MINI-TALOS-BOOT-OK on the serial port after a few seconds:
      qemu-system-x86_64 -accel tcg -cpu max -m 512 -display none -no-reboot -serial stdio -cdrom metal-amd64.iso
    """
        .formatted(url, version);
  }
}
