package imageservice.builder.extension;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.SquashfsCompression;
import imageservice.formats.testing.ElfModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is refused, and what is not.
final class ModulesLayerTest extends ModulesFixture {
  private static final SystemFolders FOLDERS = SystemFolders.MERGED_USR;
  private static final String FOLDER = "rootfs/" + modules(FOLDERS) + "/";
  private static final String BASE = "usr/install/amd64/initramfs.xz of imager@" + IMAGER + ": ";

  @Test
  void isNeededWhereModulesAreBrought() throws IOException {
    assertThat(needed(root("a").file(FOLDER + "a.ko", ""))).isTrue();
    assertThat(needed(root("a").folder("rootfs/usr/lib/modules"))).isTrue();
    assertThat(needed(root("a").file("rootfs/lib/modules/a.ko", ""))).isFalse();
    assertThat(needed(root("a").file("rootfs/usr/lib/modules", ""))).isFalse();
  }

  @Test
  void isMadeOnce() throws IOException {
    TestRoot image = root("a").file(FOLDER + "vxlan.ko", 0644, vxlan());
    Blob first = image(image);
    assertThat(image(image)).isSameAs(first);
    TestRoot moved = root("a").file(FOLDER + "extras/vxlan.ko", 0644, vxlan());
    assertThat(image(moved)).isNotSameAs(first);
  }

  @Test
  void anExtensionMayBeThereTwice() throws IOException {
    TestRoot image = root("a").file(FOLDER + "vxlan.ko", 0644, vxlan());
    assertThat(image(image, image).bytes(1 << 20)).isEqualTo(image(image).bytes(1 << 20));
  }

  @Test
  void refusesModulesOfAnotherKernel() throws IOException {
    TestRoot image = root("a").file("rootfs/usr/lib/modules/6.1.0-talos/vxlan.ko", 0644, vxlan());
    assertUnfit(
        () -> image(image),
        "extension \"a/0\": brings modules, but none for the kernel of Talos v1.9.5,"
            + " 6.12.63-talos");
  }

  @Test
  void refusesSymbolsThatNothingHas() throws IOException {
    ElfModule module = module().need("gone", false).need("printk", false).need("lost", false);
    TestRoot image = root("a").file(FOLDER + "extras/vx.ko", 0644, module.toBytes());
    assertUnfit(
        () -> image(root("b"), image),
        "extension \"a/1\": module extras/vx.ko needs symbols that neither the kernel of Talos"
            + " v1.9.5 nor any module has: gone, lost");
  }

  @Test
  void extensionsMayUseEachOther() throws IOException {
    TestRoot user = root("a").file(FOLDER + "user.ko", 0644, module().need("x", false).toBytes());
    TestRoot owner = root("b").file(FOLDER + "owner.ko", 0644, module().export("x").toBytes());
    assertThat(image(user, owner).length()).isPositive();
  }

  @Test
  void saysNothingOfSymbolsWhereTheKernelCannotBeUnpacked() throws IOException {
    byte[] lzo = new byte[0x1000];
    System.arraycopy("HdrS".getBytes(StandardCharsets.US_ASCII), 0, lzo, 0x202, 4);
    TestRoot image = root("a").file(FOLDER + "a.ko", 0644, module().need("x", false).toBytes());
    ModulesLayer layer =
        new ModulesLayer(content(FOLDERS), zstdBase().initramfs(), Blob.of(lzo), derived());
    assertThat(layer.of(parts(FOLDERS, image), SquashfsCompression.ZSTD).image().length())
        .isPositive();
  }

  @Test
  void refusesADamagedKernel() throws IOException {
    byte[] kernel = new byte[0x1000];
    System.arraycopy("HdrS".getBytes(StandardCharsets.US_ASCII), 0, kernel, 0x202, 4);
    kernel[0x24C + 2] = 1;
    TestRoot image = root("a").file(FOLDER + "a.ko", 0644, module().need("x", false).toBytes());
    ModulesLayer layer =
        new ModulesLayer(content(FOLDERS), zstdBase().initramfs(), Blob.of(kernel), derived());
    assertUnfit(
        () -> layer.of(parts(FOLDERS, image), SquashfsCompression.ZSTD),
        "usr/install/amd64/vmlinuz of imager@%s: kernel: payload at byte 1024: is cut short"
            .formatted(IMAGER));
  }

  @Test
  void refusesModulesThatNeedEachOther() throws IOException {
    TestRoot one =
        root("a").file(FOLDER + "a.ko", 0644, module().export("a").need("b", false).toBytes());
    TestRoot two =
        root("b").file(FOLDER + "b.ko", 0644, module().export("b").need("a", false).toBytes());
    assertUnfit(
        () -> image(one, two),
        "extension \"a/0\": modules need each other in a circle: a.ko -> b.ko -> a.ko");
  }

  @Test
  void refusesWhatIsNoModule() throws IOException {
    byte[] vxlan = vxlan();
    assertUnfit(
        () -> image(root("a").file(FOLDER + "a.ko", "garbage, and no module at all")),
        "extension \"a/0\": module a.ko: kernel module: header at byte 0: the file has 29 bytes");
    byte[] noise = new byte[5000];
    new Random(1).nextBytes(noise);
    assertUnfit(
        () -> image(root("a").file(FOLDER + "a.ko", 0644, noise)),
        "extension \"a/0\": module a.ko: kernel module: e_ident at byte 0: is no ELF");
    assertUnfit(
        () -> image(root("a").file(FOLDER + "a.ko", 0644, Arrays.copyOf(vxlan, vxlan.length / 2))),
        "extension \"a/0\": module a.ko: kernel module: e_shoff at byte 40: is 676");
    assertUnfit(
        () -> image(root("a").file(FOLDER + "é.ko", 0644, vxlan)),
        "extension \"a/0\": module é.ko: no path of a module: é.ko");
  }

  @Test
  void refusesListsThatAreNone() throws IOException {
    TestRoot image = root("a").file(FOLDER + "modules.builtin", "kernel/é.ko\n");
    assertUnfit(
        () -> image(image),
        "extension \"a/0\": modules.builtin: name at byte 0: no key of an index: Ã©");
  }

  @Test
  void refusesABaseThatIsNoInitramfs() throws IOException {
    TestBase base = zstdBase();
    assertUnfitBase(Blob.of(""), "cpio: header at byte 0: the archive ends");
    assertUnfitBase(Blob.of("garbage"), "Unknown frame descriptor");
    assertUnfitBase(half(base.initramfs()), "Truncated source");
    assertUnfitBase(
        half(new TestBase(SquashfsCompression.XZ).file("a", new byte[100]).initramfs()),
        "breaks off");
    assertUnfitBase(
        Blob.of(Zstd.compress(new byte[200])), "cpio: c_magic at byte 0: is not 070701");
    assertUnfitBase(base.initramfs("root.sqsh", base.root()), "has no rootfs.sqsh");
  }

  @Test
  void refusesABaseWhoseRootIsBroken() throws IOException {
    TestBase base = zstdBase();
    byte[] root = base.root();
    assertUnfitBase(
        base.initramfs(Arrays.copyOf(root, 500)),
        "squashfs: bytes_used at byte 40: is 1139 in an image of 500 bytes");
    assertUnfitBase(
        base.initramfs(new byte[0]),
        "squashfs: superblock at byte 0: 96 bytes there are outside of 0 bytes");
    assertUnfitBase(base.initramfs(new byte[4096]), "squashfs: s_magic at byte 0: is not hsqs");
  }

  @Test
  void refusesABaseWithoutModulesOrWithTwoKernels() throws IOException {
    TestBase none = new TestBase(SquashfsCompression.ZSTD).folder("usr/lib");
    assertUnfitBase(none.initramfs(), "has no folder usr/lib/modules");
    TestBase split = base(SystemFolders.SPLIT_USR, SquashfsCompression.ZSTD);
    assertUnfitBase(split.initramfs(), "has no folder usr/lib/modules");
    assertUnfitBase(
        none.folder("usr/lib/modules").initramfs(),
        "has 0 entries in usr/lib/modules, not one kernel's folder");
    assertUnfitBase(
        none.file("usr/lib/modules/6.1.0", "").initramfs(),
        "has 1 entries in usr/lib/modules, not one kernel's folder");
    assertUnfitBase(
        zstdBase().folder("usr/lib/modules/6.1.0").initramfs(),
        "has 2 entries in usr/lib/modules, not one kernel's folder");
  }

  @Test
  void refusesABaseWithABrokenModule() throws IOException {
    String folder = modules(FOLDERS) + "/";
    assertUnfitBase(
        zstdBase().file(folder + "a.ko", new byte[100]).initramfs(),
        "module a.ko: kernel module: e_ident at byte 0: is no ELF");
    assertUnfitBase(
        zstdBase().file(folder + "é.ko", vxlan()).initramfs(),
        "module é.ko: no path of a module: é.ko");
    assertUnfitBase(
        zstdBase().file(folder + "modules.builtin", "kernel/é.ko\n").initramfs(),
        "modules.builtin: name at byte 0: no key of an index: Ã©");
  }

  private static TestBase zstdBase() {
    return base(FOLDERS, SquashfsCompression.ZSTD);
  }

  private static Blob half(Blob blob) {
    return Blob.slice(blob, 0, blob.length() / 2);
  }

  private boolean needed(TestRoot image) throws IOException {
    return ModulesLayer.isNeeded(parts(FOLDERS, image).getFirst(), FOLDERS);
  }

  private void assertUnfitBase(Blob base, String problem) throws IOException {
    TestRoot image = root("a").file(FOLDER + "vxlan.ko", 0644, vxlan());
    assertUnfit(() -> image(base, image), BASE + problem);
  }

  private Blob image(TestRoot... images) throws IOException {
    return image(zstdBase().initramfs(), images);
  }

  private Blob image(Blob base, TestRoot... images) throws IOException {
    ModulesLayer layer = new ModulesLayer(content(FOLDERS), base, KERNEL, derived());
    return layer
        .of(
            parts(FOLDERS, images).stream()
                .filter(parts -> ModulesLayer.isNeeded(parts, FOLDERS))
                .toList(),
            SquashfsCompression.ZSTD)
        .image();
  }
}
