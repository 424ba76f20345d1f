package imageservice.builder.fetch;

import imageservice.builder.material.GrubKit;
import imageservice.builder.material.GrubKitException;
import imageservice.formats.blob.Blob;
import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads a GRUB kit from the folder that `grub-kit/make-grub-kit` made. All of it is read and
/// checked at once.
public final class GrubKitFolder {
  private static final String LISTING = "kit.json";

  /// Bytes of the listing, and of each file.
  private static final int LARGEST_LISTING = 1 << 20;

  private static final int LARGEST_FILE = 16 << 20;
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*");

  private GrubKitFolder() {}

  /// The kit in a folder; empty where the folder holds none.
  ///
  /// @throws GrubKitException where the kit is there and damaged
  public static Optional<GrubKit> load(Path folder) throws IOException {
    Path listing = folder.resolve(LISTING);
    if (!Files.exists(listing)) {
      return Optional.empty();
    }
    try {
      byte[] text = readLimited(listing, LARGEST_LISTING);
      return Optional.of(read(folder, JsonFields.parse(new String(text, StandardCharsets.UTF_8))));
    } catch (MalformedJsonException e) {
      throw new GrubKitException("the GRUB kit's " + LISTING + ": " + e.getMessage(), e);
    }
  }

  private static GrubKit read(Path folder, JsonFields kit)
      throws IOException, MalformedJsonException {
    SortedMap<String, Blob> files = new TreeMap<>();
    SortedMap<String, String> lines = new TreeMap<>();
    for (JsonFields entry : kit.objects("files")) {
      String name = fileName(entry);
      byte[] content = readLimited(folder.resolve(name), LARGEST_FILE);
      String hash = Digest.of(content).hex();
      if (!hash.equals(entry.text("sha256"))) {
        throw new GrubKitException("the GRUB kit's file " + name + " is damaged");
      }
      if (files.put(name, Blob.of(content)) != null) {
        throw new MalformedJsonException("listed twice: " + name);
      }
      lines.put(name, hash + " " + content.length + " " + name + "\n");
    }
    return new GrubKit(digest(kit.text("digest"), lines.values()), kit.text("marker"), files);
  }

  private static String fileName(JsonFields entry) throws MalformedJsonException {
    String name = entry.text("name");
    if (!FILE_NAME.matcher(name).matches()) {
      throw new MalformedJsonException("not a file name: " + name);
    }
    return name;
  }

  /// The digest of the listing, by which plans name the kit. Refuses a listing that claims another
  /// digest than its files have.
  private static Digest digest(String claimed, Collection<String> lines)
      throws MalformedJsonException {
    Digest actual = Digest.of(String.join("", lines).getBytes(StandardCharsets.UTF_8));
    if (!actual.hex().equals(claimed)) {
      throw new MalformedJsonException(
          "digest: " + claimed + ", but that of its files is " + actual.hex());
    }
    return actual;
  }

  private static byte[] readLimited(Path file, int limit) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(limit + 1);
      if (content.length > limit) {
        throw new GrubKitException(
            "the GRUB kit's file " + file.getFileName() + " has more than " + limit + " bytes");
      }
      return content;
    } catch (NoSuchFileException e) {
      throw new GrubKitException("the GRUB kit's file " + file.getFileName() + " is missing", e);
    }
  }
}
