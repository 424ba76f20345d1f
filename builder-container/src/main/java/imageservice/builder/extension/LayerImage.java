package imageservice.builder.extension;

import imageservice.builder.cache.Derived;
import imageservice.builder.layers.TreeEntry;
import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.FileScratch;
import imageservice.formats.squashfs.SquashfsCompression;
import imageservice.formats.squashfs.SquashfsEntry;
import imageservice.formats.squashfs.SquashfsImage;
import imageservice.plan.Epoch;
import imageservice.plan.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The squashfs image of an extension's layer. Compressing takes long and depends on the
/// extension's image, the system folders and the compression alone, so all releases that share
/// these share the image.
public final class LayerImage {
  /// Raised with every change of the bytes that the same entries give.
  private static final int REVISION = 2;

  /// Bytes of an extended attribute's value at most (Linux, XATTR_SIZE_MAX).
  private static final int LONGEST_LABEL = 1 << 16;

  private LayerImage() {}

  /// The image, taken from the cache where it is kept.
  public static Blob of(
      Input.ExtensionImage image,
      ExtensionParts parts,
      SystemFolders folders,
      SquashfsCompression compression,
      Derived derived)
      throws IOException {
    String name =
        "squashfs/%d %s %s %s %s"
            .formatted(REVISION, image.image(), image.architecture(), folders, compression);
    return derived.of(
        name,
        workspace -> {
          try (FileScratch scratch = new FileScratch(workspace.newFile())) {
            return SquashfsImage.of(
                entries(image.name(), parts.layer()), compression, Epoch.SECONDS, scratch);
          }
        });
  }

  private static List<SquashfsEntry> entries(String extension, Map<String, TreeEntry> layer)
      throws UnfitInputException {
    List<SquashfsEntry> entries = new ArrayList<>();
    for (var each : layer.entrySet()) {
      try {
        entries.add(entry(each.getKey(), each.getValue()));
      } catch (IllegalArgumentException e) {
        throw Unfit.extension(extension, String.valueOf(e.getMessage()));
      }
    }
    return entries;
  }

  /// @throws IllegalArgumentException where no file system can hold the entry
  private static SquashfsEntry entry(String path, TreeEntry entry) {
    int label =
        entry.selinux() == null ? 0 : entry.selinux().getBytes(StandardCharsets.UTF_8).length;
    if (label > LONGEST_LABEL) {
      throw new IllegalArgumentException(
          "%s: a label of %d bytes, at most %d".formatted(path, label, LONGEST_LABEL));
    }
    SquashfsEntry.Attributes attributes =
        new SquashfsEntry.Attributes(entry.mode(), Epoch.SECONDS, entry.selinux());
    return switch (entry) {
      case TreeEntry.Directory ignored -> new SquashfsEntry.Directory(path, attributes);
      case TreeEntry.File file -> new SquashfsEntry.File(path, attributes, file.content());
      case TreeEntry.Symlink link -> new SquashfsEntry.Symlink(path, attributes, link.target());
    };
  }
}
