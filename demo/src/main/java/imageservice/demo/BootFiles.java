package imageservice.demo;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.compress.Codec;
import imageservice.formats.cpio.CpioArchive;
import imageservice.formats.squashfs.Scratch;
import imageservice.formats.squashfs.SquashfsCompression;
import imageservice.formats.squashfs.SquashfsImage;
import imageservice.release.Capability;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.List;

/// What a machine boots: kernel, initramfs and systemd-boot, and the root in the initramfs.
final class BootFiles {
  private final TalosVersion version;
  private final Material.Machine machine;
  private final Scratch scratch;

  /// @param scratch holds the root for as long as the files are used
  BootFiles(TalosVersion version, Material.Machine machine, Scratch scratch) {
    this.version = version;
    this.machine = machine;
    this.scratch = scratch;
  }

  /// Where modules and firmware are.
  static String library(TalosVersion version) {
    return Capability.MERGED_USR.in(version) ? "usr/lib" : "lib";
  }

  /// Like the real one, but for the programs and modules that Debian's kernel needs to mount the
  /// root.
  Blob initramfs() throws IOException {
    boolean zstd = Capability.ZSTD_ADD_ONS.in(version);
    Extents root =
        SquashfsImage.of(
            root().squashfs(),
            zstd ? SquashfsCompression.ZSTD : SquashfsCompression.XZ,
            FileTree.TIME,
            scratch);
    FileTree files =
        FileTree.builder()
            .file("rootfs.sqsh", root)
            .program("bin/busybox", machine.busybox())
            .program("init", MachineScripts.INIT.content())
            .files("modules", machine.kernel().early())
            .build();
    return (zstd ? Codec.ZSTD : Codec.XZ).encode(CpioArchive.of(files.cpio()));
  }

  FileTree root() {
    FileTree.Builder root = FileTree.builder();
    for (String folder :
        List.of("dev", "proc", "run", "sys", "tmp", ".extra", "usr/local/share/mini")) {
      root.folder(folder);
    }
    boolean merged = Capability.MERGED_USR.in(version);
    for (String folder : List.of("bin", "lib", "sbin")) {
      root.folder("usr/" + folder);
      if (merged) {
        root.link(folder, "usr/" + folder);
      } else {
        root.folder(folder);
      }
    }
    String above = merged ? "usr/" : "";
    String library = library(version);
    return root.program(above + "bin/busybox", machine.busybox())
        .program(above + "sbin/init", MachineScripts.MACHINED.content())
        .text("etc/os-release", osRelease())
        .text("etc/extensions.yaml", "")
        .folder(library + "/firmware")
        .files(library + "/modules/" + machine.kernel().release(), machine.kernel().tree())
        .build();
  }

  private String osRelease() {
    return """
    NAME="Talos"
    ID=talos
    VERSION_ID=%1$s
    PRETTY_NAME="Talos (%1$s)"
    """
        .formatted(version);
  }
}
