package imageservice.builder.extension;

import imageservice.builder.cache.Derived;
import imageservice.builder.layers.TreeEntry;
import imageservice.builder.material.UnfitInputException;
import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.reader.SquashfsMember;
import imageservice.formats.squashfs.reader.SquashfsReader;
import imageservice.plan.Input;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The folders and links at the top of a release's root file system and right below `/usr`. Talos
/// lays extensions over them: a folder or file of an extension hides the link of that name with all
/// it leads to, such as `/lib` with the loader of every program, and a file or link hides a folder.
/// Such a machine does not boot.
///
/// @param links targets by path without leading slash
/// @param folders paths without leading slash
public record RootFolders(Map<String, String> links, Set<String> folders) {
  private static final int REVISION = 1;
  private static final String USR = "usr";

  /// Bytes of the list at most.
  private static final int LONGEST = 1 << 20;

  public RootFolders {
    links = Map.copyOf(links);
    folders = Set.copyOf(folders);
  }

  /// Refuses a layer that hides a link or a folder of the release.
  ///
  /// @param parts of the extension
  /// @param base of the release
  public static void requireNothingHidden(
      ExtensionParts parts, Base base, SystemFolders folders, Derived derived) throws IOException {
    Map<String, TreeEntry> shallow = new HashMap<>();
    parts
        .layer()
        .forEach((path, entry) -> {
          if (isShallow(path) && !folders.isReal(path, entry)) {
            shallow.put(path, entry);
          }
        });
    if (!shallow.isEmpty()) {
      RootFolders root = of(base, derived);
      for (var entry : shallow.entrySet()) {
        root.requireVisible(parts.extension(), entry.getKey(), entry.getValue(), base.version());
      }
    }
  }

  /// A release's own initramfs.
  public record Base(TalosVersion version, Input.ImageFile file, Blob content) {}

  private void requireVisible(String extension, String path, TreeEntry entry, TalosVersion version)
      throws UnfitInputException {
    boolean isFolder = entry instanceof TreeEntry.Directory;
    String target = links.get(path);
    if (target != null && !(entry instanceof TreeEntry.Symlink)) {
      throw Unfit.extension(
          extension,
          "its %s /%s would hide the link /%s to %s in Talos %s, and no machine would boot; take a release of the extension that is made for this version"
              .formatted(isFolder ? "folder" : "file", path, path, target, version));
    }
    if (!isFolder && folders.contains(path)) {
      throw Unfit.extension(
          extension,
          "its file or link /%s would hide the folder /%s of Talos %s, and no machine would boot; take a release of the extension that is made for this version"
              .formatted(path, path, version));
    }
  }

  /// Whether it lies at the top or right below `/usr`, where releases link their folders to others.
  private static boolean isShallow(String path) {
    String below = path.startsWith(USR + "/") ? path.substring(USR.length() + 1) : path;
    return !below.isEmpty() && below.indexOf('/') < 0;
  }

  private static RootFolders of(Base base, Derived derived) throws IOException {
    Input.ImageFile file = base.file();
    String name = "folders of base/%d %s %s".formatted(REVISION, file.image(), file.path());
    return parse(
        derived.of(
            name,
            workspace -> Blob.of(list(file, BaseRoot.unpack(file, base.content(), workspace)))));
  }

  /// A line for each: `folder` or `link`, its path, and the target of a link, with tabs between.
  private static String list(Input.ImageFile file, Blob root) throws IOException {
    StringBuilder list = new StringBuilder();
    try {
      SquashfsReader reader = SquashfsReader.open(root);
      for (SquashfsMember top : reader.list(reader.root())) {
        add(list, top);
        if (top instanceof SquashfsMember.Directory folder && folder.path().equals(USR)) {
          reader.list(folder).forEach(member -> add(list, member));
        }
      }
    } catch (MalformedException e) {
      throw Unfit.file(file, String.valueOf(e.getMessage()));
    }
    return list.toString();
  }

  private static void add(StringBuilder list, SquashfsMember member) {
    switch (member) {
      case SquashfsMember.Directory folder -> add(list, "folder", folder.path());
      case SquashfsMember.Symlink link -> add(list, "link", link.path(), link.target());
      case SquashfsMember.File ignored -> {}
      case SquashfsMember.Special ignored -> {}
    }
  }

  /// Leaves out names that would break the list; no extension can hide them by accident.
  private static void add(StringBuilder list, String... columns) {
    if (!String.join("", columns).matches("(?s).*\\p{Cntrl}.*")) {
      list.append(String.join("\t", columns)).append('\n');
    }
  }

  private static RootFolders parse(Blob list) throws IOException {
    Map<String, String> links = new HashMap<>();
    Set<String> folders = new HashSet<>();
    for (String line : new String(list.bytes(LONGEST), StandardCharsets.UTF_8).lines().toList()) {
      List<String> columns = List.of(line.split("\t", -1));
      if (columns.size() == 3) {
        links.put(columns.get(1), columns.get(2));
      } else {
        folders.add(columns.get(1));
      }
    }
    return new RootFolders(links, folders);
  }
}
