package imageservice.builder.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import imageservice.builder.cache.Derived;
import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.SquashfsCompression;
import imageservice.plan.Input;
import imageservice.release.Digest;
import imageservice.release.TalosVersion;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class RootFoldersTest extends ExtensionFixture {
  private static final Input.ImageFile FILE =
      new Input.ImageFile("imager", Digest.of(new byte[0]), "initramfs.xz");
  private static final TalosVersion VERSION = TalosVersion.of(1, 13, 2);

  private final TestBase base =
      new TestBase(SquashfsCompression.ZSTD)
          .file("usr/lib/ld.so", "")
          .file("etc/passwd", "")
          .folder("opt")
          .link("lib", "usr/lib")
          .link("usr/sbin", "bin")
          .link("etc/mtab", "/proc/mounts");

  @Test
  void aFolderThatWouldHideALinkOfTheReleaseIsRefused() throws IOException {
    TestRoot old = root("old").file("rootfs/lib/firmware/a.bin", "");
    assertUnfit(
        () -> check(old),
        "extension \"a/b\": its folder /lib would hide the link /lib to usr/lib in Talos v1.13.2, and"
            + " no machine would boot; take a release of the extension that is made for this"
            + " version");
    TestRoot below = root("below").file("rootfs/usr/sbin/tool", "");
    assertUnfit(
        () -> check(below),
        "extension \"a/b\": its folder /usr/sbin would hide the link /usr/sbin to bin in Talos"
            + " v1.13.2, and no machine would boot; take a release of the extension that is made"
            + " for this version");
  }

  @Test
  void aFileThatWouldHideALinkOfTheReleaseIsRefused() throws IOException {
    assertUnfit(
        () -> check(root("file").file("rootfs/lib", "")),
        "extension \"a/b\": its file /lib would hide the link /lib to usr/lib in Talos v1.13.2, and"
            + " no machine would boot; take a release of the extension that is made for this"
            + " version");
  }

  @Test
  void aLinkOrFileThatWouldHideAFolderOfTheReleaseIsRefused() throws IOException {
    for (TestRoot root :
        new TestRoot[] {
          root("link").link("rootfs/etc", "usr/etc"), root("file").file("rootfs/etc", "")
        }) {
      assertUnfit(
          () -> check(root),
          "extension \"a/b\": its file or link /etc would hide the folder /etc of Talos v1.13.2, and"
              + " no machine would boot; take a release of the extension that is made for this"
              + " version");
    }
  }

  @Test
  void whatHidesNothingIsTaken() throws IOException {
    TestRoot root =
        root("good")
            .file("rootfs/etc/cri/conf.d/a.part", "")
            .file("rootfs/usr/local/bin/a", "")
            .file("rootfs/usr/lib/firmware/a.bin", "")
            .file("rootfs/usr/share/a", "")
            .file("rootfs/etc/mtab/deeper", "")
            .link("rootfs/lib", "usr/lib");
    assertThatCode(() -> check(root)).doesNotThrowAnyException();
  }

  /// Unpacking a release's root takes seconds, and most extensions bring nothing outside of folders
  /// that every release has.
  @Test
  void theReleaseIsReadOnlyWhereItMustBe() throws IOException {
    TestRoot root =
        root("usual").file("rootfs/usr/local/bin/a", "").file("rootfs/usr/lib/modules/1/a.ko", "");
    Blob unreadable = Blob.of("no initramfs");
    assertThatCode(() -> check(root, unreadable)).doesNotThrowAnyException();
    TestRoot split = root("split").file("rootfs/lib/modules/1/a.ko", "");
    ExtensionParts parts =
        ExtensionParts.of(ExtensionRoot.of("a/b", split.entries()), SystemFolders.SPLIT_USR);
    RootFolders.requireNothingHidden(
        parts,
        new RootFolders.Base(VERSION, FILE, unreadable),
        SystemFolders.SPLIT_USR,
        Derived.afresh());
    assertThat(parts.layer()).containsKey("lib/modules/1/a.ko");
  }

  @Test
  void aBaseThatCannotBeReadIsNamed() throws IOException {
    TestRoot root = root("etc").file("rootfs/etc/a", "");
    Blob empty = new TestBase(SquashfsCompression.ZSTD).initramfs(new byte[100]);
    assertUnfit(
        () -> check(root, empty),
        "initramfs.xz of imager@%s: squashfs: s_magic at byte 0: is not hsqs"
            .formatted(FILE.image()));
  }

  private void check(TestRoot root) throws IOException {
    check(root, base.initramfs());
  }

  private void check(TestRoot root, Blob initramfs) throws IOException {
    ExtensionParts parts =
        ExtensionParts.of(ExtensionRoot.of("a/b", root.entries()), SystemFolders.MERGED_USR);
    RootFolders.requireNothingHidden(
        parts, new RootFolders.Base(VERSION, FILE, initramfs), SystemFolders.MERGED_USR, derived());
  }
}
