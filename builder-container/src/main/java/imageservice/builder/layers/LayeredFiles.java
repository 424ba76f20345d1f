package imageservice.builder.layers;

import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.DamagedBlobException;
import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.Manifest;
import imageservice.builder.oci.MediaTypes;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Flattens an image: puts its layers on each other, in order, and keeps the contents of the wanted
/// files in the cache. Every layer is streamed once; once more only where a wanted path is a hard
/// link to a file that was not wanted itself.
final class LayeredFiles {
  private final OciImage image;
  private final Wanted wanted;
  private final ImageLayers layers;
  private final BlobCache cache;

  LayeredFiles(OciImage image, Wanted wanted, ImageLayers layers, BlobCache cache) {
    this.image = image;
    this.wanted = wanted;
    this.layers = layers;
    this.cache = cache;
  }

  /// The wanted entries by path, sorted.
  SortedMap<String, TreeEntry> flatten() throws IOException {
    Manifest.ImageManifest manifest = layers.manifest();
    LayerTree tree = pass(manifest, wanted);
    Set<String> targets = targets(tree);
    return chosen(targets.isEmpty() ? tree : pass(manifest, wanted.and(targets)));
  }

  /// Paths of all regular files, wanted or not.
  SortedSet<String> paths() throws IOException {
    SortedSet<String> paths = new TreeSet<>();
    pass(layers.manifest(), wanted)
        .nodes()
        .forEach((path, node) -> {
          if (isFile(node)) {
            paths.add(path);
          }
        });
    return paths;
  }

  private static boolean isFile(LayerTree.Node node) {
    return switch (node) {
      case LayerTree.Node.Kept kept -> kept.entry() instanceof TreeEntry.File;
      case LayerTree.Node.Skipped _, LayerTree.Node.Linked _ -> true;
      case LayerTree.Node.Special _ -> false;
    };
  }

  private void require(Descriptor layer) throws SourceException {
    ExpansionLimits.requireLayer(image.toString(), layer);
    if (!MediaTypes.isLayer(layer.mediaType())) {
      throw malformed("a layer of an unknown type: " + layer.mediaType());
    }
  }

  private LayerTree pass(Manifest.ImageManifest manifest, Wanted picked) throws IOException {
    for (Descriptor layer : manifest.layers()) {
      require(layer);
    }
    ExpansionLimits limits = new ExpansionLimits(image.toString());
    LayerTree tree = new LayerTree();
    for (Descriptor layer : manifest.layers()) {
      LayerReader reader = new LayerReader(image.toString(), limits, picked::matches, cache, tree);
      tree.apply(read(layer, reader));
    }
    return tree;
  }

  /// A layer that is malformed because it was kept and is damaged is not the image's fault.
  private LayerTree read(Descriptor layer, LayerReader reader) throws IOException {
    try (InputStream blob = layers.open(layer)) {
      return reader.read(blob);
    } catch (SourceException.Malformed e) {
      Optional<DamagedBlobException> damage = DamagedBlobException.behind(e);
      if (damage.isPresent()) {
        throw damage.get();
      }
      throw e;
    }
  }

  /// Targets of wanted hard links whose contents were not kept.
  private Set<String> targets(LayerTree tree) {
    Set<String> targets = new HashSet<>();
    for (Map.Entry<String, LayerTree.Node> each : tree.nodes().entrySet()) {
      if (wanted.matches(each.getKey())
          && each.getValue() instanceof LayerTree.Node.Linked(String target)) {
        targets.add(target);
      }
    }
    return targets;
  }

  private SortedMap<String, TreeEntry> chosen(LayerTree tree) throws SourceException {
    SortedMap<String, TreeEntry> chosen = new TreeMap<>();
    for (Map.Entry<String, LayerTree.Node> each : tree.nodes().entrySet()) {
      if (wanted.matches(each.getKey())) {
        chosen.put(each.getKey(), entry(each.getKey(), each.getValue()));
      }
    }
    for (String path : wanted.files()) {
      if (!(chosen.get(path) instanceof TreeEntry.File)) {
        throw missing(path, chosen.get(path));
      }
    }
    return chosen;
  }

  private TreeEntry entry(String path, LayerTree.Node node) throws SourceException {
    return switch (node) {
      case LayerTree.Node.Kept kept -> kept.entry();
      case LayerTree.Node.Special special ->
          throw malformed(path + " is " + special.kind() + ", which is never made");
      case LayerTree.Node.Linked link ->
          throw malformed(
              "%s is a hard link to %s, which is no file".formatted(path, link.target()));
      case LayerTree.Node.Skipped ignored ->
          throw new IllegalStateException("a wanted file was skipped: " + path);
    };
  }

  private SourceException missing(String path, @Nullable TreeEntry there) {
    String problem =
        switch (there) {
          case null -> "has no file " + path;
          case TreeEntry.Directory ignored -> path + " is a directory, not a file";
          case TreeEntry.Symlink link ->
              path + " is a symbolic link to " + link.target() + ", not a file";
          case TreeEntry.File ignored -> path + " is there";
        };
    return new SourceException.NotFound(
        image.toString(), problem, "check that this version of the image has it");
  }

  private SourceException malformed(String problem) {
    return new SourceException.Malformed(image.toString(), problem, null);
  }
}
