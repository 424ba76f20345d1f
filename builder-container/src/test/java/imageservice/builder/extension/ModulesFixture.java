package imageservice.builder.extension;

import imageservice.asset.Architecture;
import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.SquashfsCompression;
import imageservice.formats.testing.ElfModule;
import imageservice.plan.AddOnCompression;
import imageservice.plan.Extension;
import imageservice.plan.InitramfsContent;
import imageservice.plan.Input;
import imageservice.release.Digest;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A release of a kernel and four modules, and extensions that bring more.
abstract class ModulesFixture extends ExtensionFixture {
  static final String KERNEL_RELEASE = "6.12.63-talos";
  static final Blob KERNEL = Blob.of("\0printk\0kmalloc_noprof\0module_layout\0");
  static final Digest IMAGER = Digest.of("imager".getBytes(StandardCharsets.UTF_8));

  static InitramfsContent content(SystemFolders folders) {
    Input.ExtensionImage any = new Input.ExtensionImage("a/b", IMAGER, Architecture.AMD64);
    return new InitramfsContent(
        TalosVersion.of(1, 9, 5),
        new Input.ImageFile("imager", IMAGER, "usr/install/amd64/initramfs.xz"),
        new Input.ImageFile("imager", IMAGER, "usr/install/amd64/vmlinuz"),
        folders == SystemFolders.MERGED_USR,
        AddOnCompression.ZSTD,
        List.of(new Extension.Packaged(any)));
  }

  static ElfModule module() {
    return new ElfModule(ElfModule.X86_64, ElfModule.Versions.IN_SECTION);
  }

  /// The folder of the release's modules.
  static String modules(SystemFolders folders) {
    return folders.modules() + "/" + KERNEL_RELEASE;
  }

  static TestBase base(SystemFolders folders, SquashfsCompression compression) {
    String modules = modules(folders) + "/";
    return new TestBase(compression)
        .file("etc/os-release", "ID=talos")
        .file(modules + "kernel/net/udp_tunnel.ko", module().export("udp_tunnel").toBytes())
        .file(
            modules + "kernel/net/ip6_udp_tunnel.ko",
            module().export("ip6_udp").need("udp_tunnel", false).toBytes())
        .file(
            modules + "kernel/drivers/virtio_blk.ko",
            module().need("printk", false).information("alias=virtio:d2v*").toBytes())
        .file(modules + "kernel/fs/replaced.ko", module().information("alias=fs-old").toBytes())
        .file(modules + "modules.order", "kernel/net/udp_tunnel.ko\nkernel/fs/replaced.ko\n")
        .file(modules + "modules.builtin", "kernel/fs/ext4/ext4.ko\n")
        .file(modules + "modules.builtin.modinfo", "ext4.alias=fs-ext4\0ext4.license=GPL\0")
        .file(modules + "modules.dep", "stale");
  }

  static byte[] vxlan() {
    return module()
        .need("udp_tunnel", false)
        .need("ip6_udp", false)
        .need("printk", false)
        .need("absent_but_weak", true)
        .information("alias=rtnl-link-vxlan")
        .information("softdep=pre: virtio_blk")
        .toBytes();
  }

  final ModulesLayer layer(SystemFolders folders, Blob base) {
    return new ModulesLayer(content(folders), base, KERNEL, derived());
  }

  /// Parts of extensions, `a/0` and on.
  static List<ExtensionParts> parts(SystemFolders folders, TestRoot... images) throws IOException {
    List<ExtensionParts> parts = new ArrayList<>();
    for (TestRoot image : images) {
      parts.add(ExtensionParts.of(ExtensionRoot.of("a/" + parts.size(), image.entries()), folders));
    }
    return parts;
  }
}
