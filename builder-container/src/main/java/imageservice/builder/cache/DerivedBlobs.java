package imageservice.builder.cache;

import imageservice.formats.blob.Blob;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Derived content in a blob cache. The side file `derived/<digest of the name>` holds the
/// content's digest; content that was evicted is made again.
public final class DerivedBlobs implements Derived {
  private final BlobCache cache;
  private final SideFiles names;
  private final SingleFlight<String, CachedBlob> flights = new SingleFlight<>();

  public DerivedBlobs(BlobCache cache) {
    this.cache = cache;
    this.names = cache.sideFiles("derived");
  }

  @Override
  public Blob of(String name, Maker maker) throws IOException {
    String file = Digest.of(name.getBytes(StandardCharsets.UTF_8)).hex();
    Optional<CachedBlob> here = find(file);
    return here.isPresent() ? here.get() : flights.run(name, () -> make(file, maker));
  }

  private Optional<CachedBlob> find(String file) throws IOException {
    Optional<Digest> digest =
        names
            .read(file)
            .flatMap(content -> Digest.parse(new String(content, StandardCharsets.ISO_8859_1)));
    return digest.isPresent() ? cache.find(digest.get()) : Optional.empty();
  }

  private CachedBlob make(String file, Maker maker) throws IOException {
    Optional<CachedBlob> here = find(file);
    if (here.isPresent()) {
      return here.get();
    }
    try (Workspace workspace = cache.folder().workspace();
        InputStream content = maker.make(workspace).open()) {
      CachedBlob made = cache.put(content);
      names.write(file, made.digest().value().getBytes(StandardCharsets.ISO_8859_1));
      return made;
    }
  }
}
