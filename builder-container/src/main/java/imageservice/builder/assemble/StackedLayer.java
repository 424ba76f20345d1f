package imageservice.builder.assemble;

import imageservice.builder.extension.ExtensionParts;
import imageservice.builder.extension.ExtensionRoot;
import imageservice.builder.extension.LayerImage;
import imageservice.builder.extension.ModulesLayer;
import imageservice.builder.extension.RootFolders;
import imageservice.builder.extension.SyntheticImage;
import imageservice.builder.extension.SystemFolders;
import imageservice.builder.material.Material;
import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.SquashfsCompression;
import imageservice.plan.Extension;
import imageservice.plan.ExtensionManifest;
import imageservice.plan.InitramfsContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// An extension in an initramfs.
///
/// @param file name of the file that holds its image
/// @param parts microcode and firmware, which go elsewhere in the initramfs
record StackedLayer(String file, ExtensionManifest manifest, Blob image, ExtensionParts parts) {
  private static final ExtensionParts NO_PARTS =
      new ExtensionParts("", new TreeMap<>(), new TreeMap<>(), List.of(), List.of());
  private static final String SUFFIX = ".sqsh";

  /// The layers in the order in which Talos stacks them, the last one on top. Files are numbered in
  /// the order of the plan and stacked in the order of their names, as the reference does:
  /// `10.sqsh` lies between `1.sqsh` and `2.sqsh`.
  static List<StackedLayer> of(InitramfsContent content, Material material, Tools tools)
      throws IOException {
    List<StackedLayer> layers = new ArrayList<>();
    for (Extension extension : content.extensions()) {
      layers.add(layer(layers.size() + SUFFIX, extension, content, material, tools));
    }
    layers.sort(Comparator.comparing(StackedLayer::file));
    List<ExtensionParts> withModules =
        layers.stream()
            .map(StackedLayer::parts)
            .filter(parts -> ModulesLayer.isNeeded(parts, folders(content)))
            .toList();
    if (!withModules.isEmpty()) {
      layers.add(modules(withModules, content, material, tools));
    }
    return List.copyOf(layers);
  }

  private static StackedLayer layer(
      String file, Extension extension, InitramfsContent content, Material material, Tools tools)
      throws IOException {
    return switch (extension) {
      case Extension.Synthetic synthetic ->
          new StackedLayer(
              file,
              synthetic.manifest(),
              SyntheticImage.of(synthetic.files(), compression(content)),
              NO_PARTS);
      case Extension.Packaged packaged -> packaged(file, packaged, content, material, tools);
    };
  }

  private static StackedLayer packaged(
      String file,
      Extension.Packaged packaged,
      InitramfsContent content,
      Material material,
      Tools tools)
      throws IOException {
    ExtensionRoot root =
        ExtensionRoot.of(packaged.image().name(), material.extension(packaged.image()));
    root.requireFor(content.version());
    ExtensionParts parts = ExtensionParts.of(root, folders(content));
    RootFolders.requireNothingHidden(
        parts,
        new RootFolders.Base(content.version(), content.base(), material.file(content.base())),
        folders(content),
        tools.derived());
    Blob image =
        LayerImage.of(
            packaged.image(), parts, folders(content), compression(content), tools.derived());
    return new StackedLayer(file, root.manifest(), image, parts);
  }

  private static StackedLayer modules(
      List<ExtensionParts> sources, InitramfsContent content, Material material, Tools tools)
      throws IOException {
    ModulesLayer.Layer layer =
        new ModulesLayer(
                content,
                material.file(content.base()),
                material.file(content.kernel()),
                tools.derived())
            .of(sources, compression(content));
    return new StackedLayer(
        layer.manifest().name() + SUFFIX, layer.manifest(), layer.image(), NO_PARTS);
  }

  private static SystemFolders folders(InitramfsContent content) {
    return SystemFolders.of(content.mergedUsr());
  }

  private static SquashfsCompression compression(InitramfsContent content) {
    return switch (content.compression()) {
      case XZ -> SquashfsCompression.XZ;
      case ZSTD -> SquashfsCompression.ZSTD;
    };
  }
}
