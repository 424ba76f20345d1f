package imageservice.builder.material;

import imageservice.formats.blob.Blob;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.Map;

/// The constant boot code that media with GRUB carry, as `grub-kit/make-grub-kit` makes it: a
/// folder of small files and `kit.json`, their listing.
///
/// @param digest of the listing
/// @param marker path of the empty file by which GRUB tells our medium from others, with a leading
///   slash
public record GrubKit(Digest digest, String marker, Map<String, Blob> files) {
  public GrubKit {
    files = Map.copyOf(files);
  }

  /// A file of the kit, by its name.
  public Blob file(String name) throws IOException {
    Blob file = files.get(name);
    if (file == null) {
      throw new GrubKitException("the GRUB kit " + digest + " has no " + name);
    }
    return file;
  }
}
