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

/// The squashfs image of what stays of an extension. Compressing takes long and depends on the
/// extension's image and the class of the release alone, so it is done once for all of them.
public final class LayerImage {
  /// Raised where the same entries give other bytes.
  private static final int REVISION = 2;

  /// Linux reads no longer value of an attribute (XATTR_SIZE_MAX).
  private static final int LONGEST_LABEL = 1 << 16;

  private LayerImage() {}

  /// The image, from the cache where it is there.
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

  /// @throws IllegalArgumentException where no file system has such an entry
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
