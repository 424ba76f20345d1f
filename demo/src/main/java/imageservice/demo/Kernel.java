package imageservice.demo;

import imageservice.formats.blob.Blob;
import imageservice.formats.modules.Depmod;
import imageservice.formats.modules.KernelLists;
import imageservice.formats.modules.ModuleFile;
import imageservice.formats.modules.ModulePath;
import imageservice.formats.modules.SearchOrder;
import imageservice.formats.modules.TreeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// A kernel of Debian's, with those of its modules that a release has.
///
/// @param release as `uname -r` tells it
/// @param early modules that mount the root, by their files' names: parts of the real kernel
/// @param added the module that the extension brings
/// @param tree the folder of the release in the root: modules, lists and the indexes that depmod
///   makes
record Kernel(
    String release, Blob image, Map<String, Blob> early, Blob added, Map<String, Blob> tree) {
  /// The extension's module needs the first two of the root's.
  static final String ADDED = "vxlan";

  private static final List<String> EARLY = List.of("loop", "squashfs", "overlay");

  private static final List<String> ROOT =
      List.of(
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
          "virtio_blk");

  private static final String MODULES = "lib/modules/";
  private static final String IMAGE = "boot/vmlinuz-";
  private static final String SUFFIX = ".ko";
  private static final String ORDER = "modules.order";
  private static final String BUILTIN = "modules.builtin";
  private static final String INFORMATION = "modules.builtin.modinfo";
  private static final Set<String> LISTS = Set.of(ORDER, BUILTIN, INFORMATION);
  private static final int LONGEST_LIST = 16 << 20;

  /// @param folder for the files of the package
  static Kernel of(DebianPackage debian, Path folder) throws IOException {
    SortedMap<String, Blob> files = debian.extract(Kernel::isWanted, folder);
    for (Map.Entry<String, Blob> file : files.entrySet()) {
      if (file.getKey().startsWith(IMAGE)) {
        String release = file.getKey().substring(IMAGE.length());
        return new Modules(release, files).kernel(file.getValue());
      }
    }
    throw new IOException(debian.file().getFileName() + " has no " + IMAGE + "…");
  }

  private static boolean isWanted(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    return path.startsWith(IMAGE)
        || (path.startsWith(MODULES) && (LISTS.contains(file) || isWantedModule(file)));
  }

  private static boolean isWantedModule(String file) {
    if (!file.endsWith(SUFFIX)) {
      return false;
    }
    String name = file.substring(0, file.length() - SUFFIX.length());
    return EARLY.contains(name) || ROOT.contains(name) || name.equals(ADDED);
  }

  /// What the package has for one kernel.
  private static final class Modules {
    private final String release;
    private final Map<String, Blob> lists = new TreeMap<>();

    /// By their paths below the folder of the release.
    private final Map<String, Blob> modules = new TreeMap<>();

    Modules(String release, SortedMap<String, Blob> files) {
      this.release = release;
      String below = MODULES + release + "/";
      files.forEach((path, content) -> {
        if (path.startsWith(below)) {
          String rest = path.substring(below.length());
          (LISTS.contains(rest) ? lists : modules).put(rest, content);
        }
      });
    }

    Kernel kernel(Blob image) throws IOException {
      Map<String, Blob> early = new TreeMap<>();
      for (String name : EARLY) {
        early.put(name + SUFFIX, require(name).getValue());
      }
      return new Kernel(release, image, early, require(ADDED).getValue(), tree());
    }

    private Map.Entry<String, Blob> require(String name) throws IOException {
      return find(name)
          .orElseThrow(() -> new IOException("kernel " + release + " has no module " + name));
    }

    private Optional<Map.Entry<String, Blob>> find(String name) {
      return modules.entrySet().stream()
          .filter(module -> module.getKey().endsWith("/" + name + SUFFIX))
          .findFirst();
    }

    private Map<String, Blob> tree() throws IOException {
      Map<String, Blob> tree = new TreeMap<>(lists);
      List<TreeModule> found = new ArrayList<>();
      String builtin = text(BUILTIN);
      for (String name : ROOT) {
        if (!builtin.contains("/" + name + SUFFIX)) {
          Map.Entry<String, Blob> module = require(name);
          tree.put(module.getKey(), module.getValue());
          found.add(
              new TreeModule(new ModulePath(module.getKey()), ModuleFile.read(module.getValue())));
        }
      }
      tree.putAll(indexes(found));
      return tree;
    }

    private String text(String list) throws IOException {
      Blob content = lists.getOrDefault(list, Blob.of(""));
      return new String(content.bytes(LONGEST_LIST), StandardCharsets.UTF_8);
    }

    private Map<String, Blob> indexes(List<TreeModule> found) throws IOException {
      KernelLists kernel =
          new KernelLists(lists.get(ORDER), lists.get(BUILTIN), lists.get(INFORMATION));
      Depmod.Options options = new Depmod.Options(SearchOrder.standard(), false);
      return switch (Depmod.index(found, kernel, options)) {
        case Depmod.Indexed indexed -> indexed.files();
        case Depmod.Cyclic cyclic ->
            throw new IOException("modules of " + release + " need each other: " + cyclic.cycle());
      };
    }
  }
}
