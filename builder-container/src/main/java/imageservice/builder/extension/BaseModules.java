package imageservice.builder.extension;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import imageservice.builder.cache.Derived;
import imageservice.builder.cache.Workspace;
import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.FileBlob;
import imageservice.formats.cpio.CpioReader;
import imageservice.formats.squashfs.reader.SquashfsMember;
import imageservice.formats.squashfs.reader.SquashfsReader;
import imageservice.plan.Input;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.tukaani.xz.XZIOException;
import org.tukaani.xz.XZInputStream;

/// Reads the modules of a release out of its base initramfs: unpacks it, finds `rootfs.sqsh` and
/// reads the folder of modules there. The result is kept, once for each release.
final class BaseModules {
  private static final int REVISION = 1;
  private static final String ROOT = "rootfs.sqsh";

  /// Bytes of a kernel release at most; it names a folder, so it is shorter (NAME_MAX).
  private static final int LONGEST_RELEASE = 1024;

  /// The first 6 bytes of an xz file, in hex digits (The .xz File Format, 2.1.1.1).
  private static final String XZ_MAGIC = "fd377a585a00";

  /// KiB of memory for the xz decoder: enough for a dictionary of 16 MiB, far larger than that of
  /// any initramfs.
  private static final int XZ_MEMORY_KIB = 17 << 10;

  private BaseModules() {}

  static ModuleTree of(Input.ImageFile base, Blob content, SystemFolders folders, Derived derived)
      throws IOException {
    String name =
        "modules of base/%d %s %s %s".formatted(REVISION, base.image(), base.path(), folders);
    return ModuleTree.decode(
        derived.of(
            name,
            workspace -> Blob.of(read(base, root(base, content, workspace), folders).encode())));
  }

  /// The kernel release, which names the folder of the release's modules. Where the indexes are
  /// kept already, nothing else is read.
  static String kernelRelease(
      Input.ImageFile base, Blob content, SystemFolders folders, Derived derived)
      throws IOException {
    String name =
        "kernel release of base/%d %s %s %s"
            .formatted(REVISION, base.image(), base.path(), folders);
    Blob release =
        derived.of(name, workspace -> Blob.of(of(base, content, folders, derived).kernelRelease()));
    return new String(release.bytes(LONGEST_RELEASE), StandardCharsets.UTF_8);
  }

  /// The root file system, unpacked into a file, as squashfs is read at any offset.
  private static Blob root(Input.ImageFile base, Blob content, Workspace workspace)
      throws IOException {
    try (InputStream packed = content.open();
        InputStream unpacked = unpacked(packed)) {
      CpioReader archive = new CpioReader(unpacked);
      for (Optional<CpioReader.Member> member = archive.next();
          member.isPresent();
          member = archive.next()) {
        if (member.get().name().equals(ROOT)) {
          Path file = workspace.newFile();
          Files.copy(archive.content(), file);
          return new FileBlob(file);
        }
      }
    } catch (EOFException e) {
      throw Unfit.file(base, "breaks off");
    } catch (MalformedException | XZIOException | ZstdIOException e) {
      throw Unfit.file(base, String.valueOf(e.getMessage()));
    }
    throw Unfit.file(base, "has no " + ROOT);
  }

  private static InputStream unpacked(InputStream packed) throws IOException {
    InputStream in = new BufferedInputStream(packed, 1 << 16);
    in.mark(6);
    boolean isXz = HexFormat.of().formatHex(in.readNBytes(6)).equals(XZ_MAGIC);
    in.reset();
    return isXz ? new XZInputStream(in, XZ_MEMORY_KIB) : new ZstdInputStreamNoFinalizer(in);
  }

  private static ModuleTree read(Input.ImageFile base, Blob root, SystemFolders folders)
      throws IOException {
    try {
      SquashfsReader reader = SquashfsReader.open(root);
      Optional<SquashfsMember> folder = reader.find(folders.modules());
      if (!(folder.orElse(null) instanceof SquashfsMember.Directory modules)) {
        throw Unfit.file(base, "has no folder " + folders.modules());
      }
      List<SquashfsMember> releases = reader.list(modules);
      if (releases.size() != 1
          || !(releases.getFirst() instanceof SquashfsMember.Directory release)) {
        throw Unfit.file(
            base,
            "has %d entries in %s, not one kernel's folder"
                .formatted(releases.size(), folders.modules()));
      }
      return tree(base, reader, release);
    } catch (MalformedException e) {
      throw Unfit.file(base, String.valueOf(e.getMessage()));
    }
  }

  private static ModuleTree tree(
      Input.ImageFile base, SquashfsReader reader, SquashfsMember.Directory release)
      throws IOException {
    String prefix = release.path() + "/";
    ModuleTree tree =
        new ModuleTree(
            release.path().substring(release.path().lastIndexOf('/') + 1),
            new TreeMap<>(),
            new TreeMap<>());
    reader.walk(
        release,
        member -> {
          if (member instanceof SquashfsMember.File file) {
            put(base, tree, file.path().substring(prefix.length()), file.content());
          }
        });
    return tree;
  }

  private static void put(Input.ImageFile base, ModuleTree tree, String path, Blob content)
      throws IOException {
    try {
      tree.put(path, content);
    } catch (MalformedException | IllegalArgumentException e) {
      throw Unfit.file(base, "module %s: %s".formatted(path, e.getMessage()));
    }
  }
}
