package imageservice.builder.extension;

import imageservice.builder.cache.Derived;
import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.reader.SquashfsMember;
import imageservice.formats.squashfs.reader.SquashfsReader;
import imageservice.plan.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Reads the modules of a release out of the root file system in its base initramfs. The result is
/// kept, once for each release.
final class BaseModules {
  private static final int REVISION = 1;

  /// Bytes of a kernel release at most; it names a folder, so it is shorter (NAME_MAX).
  private static final int LONGEST_RELEASE = 1024;

  private BaseModules() {}

  static ModuleTree of(Input.ImageFile base, Blob content, SystemFolders folders, Derived derived)
      throws IOException {
    String name =
        "modules of base/%d %s %s %s".formatted(REVISION, base.image(), base.path(), folders);
    return ModuleTree.decode(
        derived.of(
            name,
            workspace ->
                Blob.of(read(base, BaseRoot.unpack(base, content, workspace), folders).encode())));
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
