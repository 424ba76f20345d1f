package imageservice.builder.extension;

import imageservice.builder.cache.Derived;
import imageservice.builder.layers.TreeEntry;
import imageservice.builder.material.UnfitInputException;
import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import imageservice.formats.linux.KernelNames;
import imageservice.formats.modules.Depmod;
import imageservice.formats.modules.KernelLists;
import imageservice.formats.modules.ModuleFile;
import imageservice.formats.modules.ModuleFileCodec;
import imageservice.formats.modules.ModulePath;
import imageservice.formats.modules.SearchOrder;
import imageservice.formats.modules.TreeModule;
import imageservice.formats.squashfs.FileScratch;
import imageservice.formats.squashfs.SquashfsCompression;
import imageservice.formats.squashfs.SquashfsEntry;
import imageservice.plan.Epoch;
import imageservice.plan.ExtensionManifest;
import imageservice.plan.InitramfsContent;
import imageservice.plan.Input;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The extension `modules.dep`: indexes over the release's own modules and those that extensions
/// bring, laid over all of them. Without it neither Talos nor udev would find the added modules.
public final class ModulesLayer {
  /// The layer, ready to be stacked.
  public record Layer(ExtensionManifest manifest, Blob image) {}

  /// Raised with every change of what is kept under its names.
  private static final int REVISION = 1;

  /// Bytes of an encoded module at most.
  private static final int MODULE_LIMIT = 16 << 20;

  private final InitramfsContent content;
  private final Blob base;
  private final Blob kernel;
  private final SystemFolders folders;
  private final Derived derived;

  /// @param base the release's initramfs, as `content` names it
  /// @param kernel the release's kernel, as `content` names it
  public ModulesLayer(InitramfsContent content, Blob base, Blob kernel, Derived derived) {
    this.content = content;
    this.base = base;
    this.kernel = kernel;
    this.folders = SystemFolders.of(content.mergedUsr());
    this.derived = derived;
  }

  /// Whether an extension brings modules.
  public static boolean isNeeded(ExtensionParts parts, SystemFolders folders) {
    return parts.layer().get(folders.modules()) instanceof TreeEntry.Directory;
  }

  /// The layer over these extensions, of which later ones replace modules of earlier ones.
  public Layer of(List<ExtensionParts> sources, SquashfsCompression compression)
      throws IOException {
    String kernelRelease = BaseModules.kernelRelease(content.base(), base, folders, derived);
    List<AddedModule> found = new ArrayList<>();
    for (ExtensionParts source : sources) {
      found.addAll(modules(source, kernelRelease));
    }
    Blob image =
        derived.of(
            name(found, compression),
            workspace -> {
              try (FileScratch scratch = new FileScratch(workspace.newFile())) {
                ModuleTree own = BaseModules.of(content.base(), base, folders, derived);
                return SyntheticImage.of(
                    entries(kernelRelease, indexes(own, found)), compression, scratch);
              }
            });
    return new Layer(manifest(kernelRelease), image);
  }

  /// A file of an extension; its path is relative to the folder of the kernel's release.
  private record AddedModule(String extension, String path, TreeEntry.File file) {}

  private List<AddedModule> modules(ExtensionParts source, String kernelRelease)
      throws UnfitInputException {
    String folder = folders.modules() + "/" + kernelRelease;
    NavigableMap<String, TreeEntry> layer = source.layer();
    if (!(layer.get(folder) instanceof TreeEntry.Directory)) {
      throw Unfit.extension(
          source.extension(),
          "brings modules, but none for the kernel of Talos %s, %s"
              .formatted(content.version(), kernelRelease));
    }
    List<AddedModule> found = new ArrayList<>();
    layer // '0' follows '/' in ASCII
        .subMap(folder + "/", true, folder + "0", false)
        .forEach((path, entry) -> {
          if (entry instanceof TreeEntry.File file) {
            found.add(
                new AddedModule(source.extension(), path.substring(folder.length() + 1), file));
          }
        });
    return found;
  }

  private String name(List<AddedModule> found, SquashfsCompression compression) {
    StringBuilder all = new StringBuilder();
    for (AddedModule each : found) {
      all.append(each.path().length()).append(' ').append(each.path());
      all.append(' ').append(each.file().content().digest()).append('\n');
    }
    return "modules.dep/%d %s %s %s %s %s"
        .formatted(
            REVISION,
            content.base().image(),
            content.base().path(),
            folders,
            compression,
            Digest.of(all.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /// The lists and indexes of all modules together, by name.
  private Map<String, Blob> indexes(ModuleTree own, List<AddedModule> found) throws IOException {
    Map<String, String> extensions = new HashMap<>();
    for (AddedModule each : found) {
      put(own, each);
      extensions.put(each.path(), each.extension());
    }
    KernelLists lists =
        new KernelLists(
            own.lists().get("modules.order"),
            own.lists().get("modules.builtin"),
            own.lists().get("modules.builtin.modinfo"));
    Depmod.Options options =
        new Depmod.Options(SearchOrder.standard(), own.lists().containsKey("modules.weakdep"));
    Depmod.Result result;
    try {
      result = Depmod.index(List.copyOf(own.modules().values()), lists, options);
    } catch (MalformedException e) {
      throw unfitList(e, extensions);
    }
    return switch (result) {
      case Depmod.Cyclic cyclic -> throw cyclic(cyclic, extensions);
      case Depmod.Indexed indexed -> {
        requireResolved(indexed, extensions);
        Map<String, Blob> files = new TreeMap<>(own.lists());
        files.putAll(indexed.files());
        yield files;
      }
    };
  }

  /// A parsed module is kept under its file's digest, as extensions of many releases bring the same
  /// file.
  private void put(ModuleTree own, AddedModule each) throws IOException {
    Blob file = each.file().content();
    if (!ModulePath.isModule(each.path())) {
      own.put(each.path(), file);
      return;
    }
    try {
      Blob read =
          derived.of(
              "module/%d %s".formatted(REVISION, each.file().content().digest()),
              workspace -> Blob.of(ModuleFileCodec.encode(ModuleFile.read(file))));
      own.modules()
          .put(
              each.path(),
              new TreeModule(
                  new ModulePath(each.path()), ModuleFileCodec.decode(read.bytes(MODULE_LIMIT))));
    } catch (MalformedException | IllegalArgumentException e) {
      throw Unfit.extension(
          each.extension(), "module %s: %s".formatted(each.path(), e.getMessage()));
    }
  }

  /// Blames a malformed list on the extension that brought it, else on the release's initramfs.
  private UnfitInputException unfitList(MalformedException e, Map<String, String> extensions) {
    String extension = extensions.get(e.format());
    return extension == null
        ? Unfit.file(content.base(), String.valueOf(e.getMessage()))
        : Unfit.extension(extension, String.valueOf(e.getMessage()));
  }

  private static UnfitInputException cyclic(Depmod.Cyclic cyclic, Map<String, String> extensions) {
    String extension =
        cyclic.cycle().stream()
            .map(extensions::get)
            .filter(name -> name != null)
            .findFirst()
            .orElse("modules.dep");
    return Unfit.extension(
        extension,
        "modules need each other in a circle: %s -> %s"
            .formatted(String.join(" -> ", cyclic.cycle()), cyclic.cycle().getFirst()));
  }

  /// Refuses a module of an extension that needs symbols which neither another module nor the
  /// kernel has: Linux could never load it.
  private void requireResolved(Depmod.Indexed indexed, Map<String, String> extensions)
      throws IOException {
    Set<String> wanted = new HashSet<>();
    indexed
        .unresolved()
        .forEach((path, symbols) -> {
          if (extensions.containsKey(path)) {
            wanted.addAll(symbols);
          }
        });
    Blob texts = kernelTexts();
    if (wanted.isEmpty() || texts.length() == 0) {
      return; // no symbol to look for, or a kernel whose compression is not read here
    }
    Set<String> present = KernelNames.present(texts, wanted);
    for (Map.Entry<String, List<String>> each : indexed.unresolved().entrySet()) {
      List<String> unknown =
          each.getValue().stream().filter(symbol -> !present.contains(symbol)).toList();
      String extension = extensions.get(each.getKey());
      if (extension != null && !unknown.isEmpty()) {
        throw Unfit.extension(
            extension,
            "module %s needs symbols that neither the kernel of Talos %s nor any module has: %s"
                .formatted(each.getKey(), content.version(), String.join(", ", unknown)));
      }
    }
  }

  /// The kernel's texts among which names of symbols are found; kept after the first reading.
  private Blob kernelTexts() throws IOException {
    Input.ImageFile file = content.kernel();
    String name = "names of kernel/%d %s %s".formatted(REVISION, file.image(), file.path());
    try {
      return derived.of(name, workspace -> KernelNames.texts(kernel));
    } catch (MalformedException e) {
      throw Unfit.file(file, String.valueOf(e.getMessage()));
    }
  }

  private List<SquashfsEntry> entries(String kernelRelease, Map<String, Blob> files) {
    List<SquashfsEntry> entries = new ArrayList<>();
    files.forEach((name, file) ->
        entries.add(
            new SquashfsEntry.File(
                folders.modules() + "/" + kernelRelease + "/" + name,
                new SquashfsEntry.Attributes(0644, Epoch.SECONDS),
                file)));
    return entries;
  }

  private static ExtensionManifest manifest(String kernelRelease) {
    return new ExtensionManifest(
        "modules.dep",
        kernelRelease,
        "Talos Machinery",
        "Combined modules.dep for all extensions",
        "",
        Optional.empty());
  }
}
