package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The constant boot code that media with GRUB carry, as `grub-kit/make-grub-kit` makes it: a
/// folder of small files and `kit.json`, their listing. All of it is read and checked once.
///
/// @param digest of the listing
/// @param marker path of the empty file by which GRUB tells our medium from others, with a leading
///   slash
public record GrubKit(Digest digest, String marker, Map<String, Blob> files) {
  private static final String LISTING = "kit.json";
  private static final int LARGEST_LISTING = 1 << 20;
  private static final int LARGEST_FILE = 16 << 20;
  private static final String REMEDY = "; make it anew with grub-kit/make-grub-kit";

  public GrubKit {
    files = Map.copyOf(files);
  }

  /// The kit in a folder, nothing where there is none.
  ///
  /// @throws IOException where it is there and damaged
  public static Optional<GrubKit> load(Path folder) throws IOException {
    Path listing = folder.resolve(LISTING);
    if (!Files.exists(listing)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          read(folder, JsonFields.parse(readLimited(listing, LARGEST_LISTING).text())));
    } catch (MalformedJsonException e) {
      throw new IOException("the GRUB kit's " + listing + ": " + e.getMessage() + REMEDY, e);
    }
  }

  /// A file of the kit.
  Blob file(String name) throws IOException {
    Blob file = files.get(name);
    if (file == null) {
      throw new IOException("the GRUB kit has no " + name + REMEDY);
    }
    return file;
  }

  private static GrubKit read(Path folder, JsonFields kit)
      throws IOException, MalformedJsonException {
    Map<String, Blob> files = new TreeMap<>();
    for (JsonFields entry : kit.objects("files")) {
      String name = entry.text("name");
      if (!name.matches("[A-Za-z0-9_.-]+")) {
        throw new MalformedJsonException("not a file name: " + name);
      }
      Bytes content = readLimited(folder.resolve(name), LARGEST_FILE);
      if (!content.digest().hex().equals(entry.text("sha256"))) {
        throw new IOException(
            "the GRUB kit's file " + name + " in " + folder + " is damaged" + REMEDY);
      }
      files.put(name, content.blob());
    }
    String digest = kit.text("digest");
    return new GrubKit(
        Digest.parse("sha256:" + digest)
            .orElseThrow(() -> new MalformedJsonException("digest: not one: " + digest)),
        kit.text("marker"),
        files);
  }

  private record Bytes(Blob blob, Digest digest, String text) {}

  private static Bytes readLimited(Path file, int limit) throws IOException {
    if (Files.size(file) > limit) {
      throw new IOException(
          "the GRUB kit's file " + file + " has more than " + limit + " bytes" + REMEDY);
    }
    byte[] content = Files.readAllBytes(file);
    return new Bytes(
        Blob.of(content), Digest.of(content), new String(content, StandardCharsets.UTF_8));
  }
}
