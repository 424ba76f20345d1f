package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.Scratch;
import imageservice.formats.squashfs.SquashfsCompression;
import imageservice.formats.squashfs.SquashfsEntry;
import imageservice.formats.squashfs.SquashfsImage;
import imageservice.plan.AddOnCompression;
import imageservice.plan.Extension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The file system image of an extension.
final class ExtensionImage {
  private static final SquashfsEntry.Attributes FOLDER =
      new SquashfsEntry.Attributes(0755, Epoch.SECONDS);
  private static final SquashfsEntry.Attributes FILE =
      new SquashfsEntry.Attributes(0644, Epoch.SECONDS);

  private ExtensionImage() {}

  static Blob of(Extension extension, AddOnCompression compression) throws IOException {
    return switch (extension) {
      case Extension.Synthetic synthetic ->
          SquashfsImage.of(
              entries(synthetic), compression(compression), Epoch.SECONDS, Scratch.inMemory());
      case Extension.Packaged packaged ->
          throw new UnfitInputException(packaged.image().name() + " is not assembled yet");
    };
  }

  private static List<SquashfsEntry> entries(Extension.Synthetic extension) {
    TreeSet<String> folders = new TreeSet<>(List.of(""));
    List<SquashfsEntry> entries = new ArrayList<>();
    for (Extension.SyntheticFile file : extension.files()) {
      for (int slash = file.path().indexOf('/');
          slash >= 0;
          slash = file.path().indexOf('/', slash + 1)) {
        folders.add(file.path().substring(0, slash));
      }
      entries.add(new SquashfsEntry.File(file.path(), FILE, Blob.of(file.content())));
    }
    folders.forEach(folder -> entries.add(new SquashfsEntry.Directory(folder, FOLDER)));
    return entries;
  }

  private static SquashfsCompression compression(AddOnCompression compression) {
    return switch (compression) {
      case XZ -> SquashfsCompression.XZ;
      case ZSTD -> SquashfsCompression.ZSTD;
    };
  }
}
