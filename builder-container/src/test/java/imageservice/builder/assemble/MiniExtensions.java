package imageservice.builder.assemble;

import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.DerivedBlobs;
import imageservice.builder.extension.TestBase;
import imageservice.builder.extension.TestRoot;
import imageservice.builder.layers.TreeEntry;
import imageservice.builder.material.Material;
import imageservice.builder.material.TestMaterial;
import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.SquashfsCompression;
import imageservice.formats.testing.ElfModule;
import imageservice.plan.BuildPlan;
import imageservice.plan.InitramfsContent;
import imageservice.plan.Input;
import imageservice.release.CatalogueExtension;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Stream;

/// The extensions of the miniature releases that the reference's facts were made from: the same
/// files, but for the kernel module, which is one of ours.
///
/// @param content of which the material is wanted
record MiniExtensions(BlobCache cache, InitramfsContent content) implements TestMaterial.Stock {
  private static final String KERNEL_RELEASE = "6.1.0-50-cloud-amd64";

  static ReleaseDocument catalogue(TalosVersion version) {
    return new ReleaseDocument(
        version,
        Optional.of(
            Stream.of("mini-hello", "mini-module", "mini-firmware")
                .map(name -> new CatalogueExtension("siderolabs/" + name, "", digest(name), "", ""))
                .toList()),
        Optional.empty(),
        Optional.empty(),
        new InstallerBase.Image(digest("installer")));
  }

  @Override
  public Blob file(Input.ImageFile file) throws IOException {
    if (file.equals(content.kernel())) {
      return Blob.of("\0printk\0");
    }
    return base(modules() + "/" + KERNEL_RELEASE + "/").initramfs();
  }

  private TestBase base(String folder) {
    ElfModule udp = module().export("udp_tunnel");
    return new TestBase(
            switch (content.compression()) {
              case XZ -> SquashfsCompression.XZ;
              case ZSTD -> SquashfsCompression.ZSTD;
            })
        .file(folder + "kernel/net/ipv4/udp_tunnel.ko", udp.toBytes())
        .file(folder + "modules.order", "kernel/net/ipv4/udp_tunnel.ko\n")
        .file(folder + "modules.builtin", "kernel/fs/ext4/ext4.ko\n")
        .file(folder + "modules.builtin.modinfo", "ext4.alias=fs-ext4\0");
  }

  @Override
  public SortedMap<String, TreeEntry> extension(Input.ExtensionImage image) throws IOException {
    String architecture = image.architecture().toString().toLowerCase(Locale.ROOT);
    return switch (image.name()) {
      case "siderolabs/mini-hello" ->
          mini("mini-hello", "1.0.0", "prints a greeting")
              .file(
                  "rootfs/usr/local/share/mini/hello.txt",
                  "hello from mini-hello on %s\n".formatted(architecture))
              .entries();
      case "siderolabs/mini-module" ->
          mini("mini-module", "6.1.0-v" + content.version().number(), "brings vxlan.ko")
              .file(
                  "rootfs/%s/%s/extras/vxlan.ko".formatted(modules(), KERNEL_RELEASE),
                  0644,
                  vxlan())
              .file("rootfs/usr/local/share/mini/modules.d/vxlan", "")
              .entries();
      case "siderolabs/mini-firmware" -> {
        String firmware = "rootfs/" + modules().replace("/modules", "/firmware") + "/";
        yield mini("mini-firmware", "1.2.3", "firmware and, on amd64, microcode")
            .file(firmware + "mini/blob.bin", "mini firmware blob\n")
            .file(firmware + "intel-ucode/06-0f-01", "I".repeat(2048))
            .file(firmware + "amd-ucode/microcode_amd.bin", "A".repeat(2048))
            .entries();
      }
      default -> throw new AssertionError("no such extension: " + image);
    };
  }

  private TestRoot mini(String name, String version, String description) throws IOException {
    return TestRoot.of(cache, name)
        .withManifest(
            TestRoot.manifest(name)
                .replace("version: 1.0.0", "version: " + version)
                .replace("    " + name + "\n", "    %s %s.\n".formatted(name, description)));
  }

  private String modules() {
    return content.mergedUsr() ? "usr/lib/modules" : "lib/modules";
  }

  /// With what stands for a signature behind it: larger than a page, however compressed.
  private static byte[] vxlan() {
    byte[] module =
        module()
            .need("udp_tunnel", false)
            .need("printk", false)
            .information("alias=rtnl-link-vxlan")
            .toBytes();
    byte[] signed = new byte[50_000];
    new Random(1).nextBytes(signed);
    System.arraycopy(module, 0, signed, 0, module.length);
    return signed;
  }

  private static ElfModule module() {
    return new ElfModule(ElfModule.X86_64, ElfModule.Versions.NONE);
  }

  Material material() throws IOException {
    return TestMaterial.of(new BuildPlan.Initramfs(content), this);
  }

  Tools tools() {
    return new Tools(new DerivedBlobs(cache));
  }

  private static Digest digest(String name) {
    return Digest.of(name.getBytes(StandardCharsets.UTF_8));
  }
}
