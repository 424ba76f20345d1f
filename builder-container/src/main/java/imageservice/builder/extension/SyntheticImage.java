package imageservice.builder.extension;

import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.Scratch;
import imageservice.formats.squashfs.SquashfsCompression;
import imageservice.formats.squashfs.SquashfsEntry;
import imageservice.formats.squashfs.SquashfsImage;
import imageservice.plan.Epoch;
import imageservice.plan.Extension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The squashfs image of an extension that comes from no container image: a few small files.
public final class SyntheticImage {
  private static final SquashfsEntry.Attributes FOLDER =
      new SquashfsEntry.Attributes(0755, Epoch.SECONDS);

  private SyntheticImage() {}

  public static Blob of(List<Extension.SyntheticFile> files, SquashfsCompression compression)
      throws IOException {
    List<SquashfsEntry> entries = new ArrayList<>();
    for (Extension.SyntheticFile file : files) {
      entries.add(
          new SquashfsEntry.File(
              file.path(),
              new SquashfsEntry.Attributes(file.mode(), Epoch.SECONDS, file.selinux().orElse(null)),
              Blob.of(file.content())));
    }
    return of(entries, compression, Scratch.inMemory());
  }

  /// The image of these files, with the folders that they are in.
  static Blob of(List<SquashfsEntry> files, SquashfsCompression compression, Scratch scratch)
      throws IOException {
    TreeSet<String> folders = new TreeSet<>(List.of(""));
    List<SquashfsEntry> entries = new ArrayList<>(files);
    for (SquashfsEntry file : files) {
      String path = file.path();
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        folders.add(path.substring(0, slash));
      }
    }
    folders.forEach(folder -> entries.add(new SquashfsEntry.Directory(folder, FOLDER)));
    return SquashfsImage.of(entries, compression, Epoch.SECONDS, scratch);
  }
}
