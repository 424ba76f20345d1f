package imageservice.builder.cache;

import imageservice.formats.blob.Blob;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Derived content in the cache of blobs, found by its name through a small file that holds its
/// digest: `derived/<digest of the name>`. Where the content was evicted it is made again.
public final class DerivedBlobs implements Derived {
  private final BlobCache cache;
  private final SingleFlight<String, CachedBlob> flights = new SingleFlight<>();

  public DerivedBlobs(BlobCache cache) {
    this.cache = cache;
  }

  @Override
  public Blob of(String name, Maker maker) throws IOException {
    Path file = file(name);
    Optional<CachedBlob> here = find(file);
    return here.isPresent() ? here.get() : flights.run(name, () -> make(file, maker));
  }

  private Optional<CachedBlob> find(Path file) throws IOException {
    try {
      Optional<Digest> digest = Digest.parse(Files.readString(file, StandardCharsets.ISO_8859_1));
      return digest.isPresent() ? cache.find(digest.get()) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private CachedBlob make(Path file, Maker maker) throws IOException {
    Optional<CachedBlob> here = find(file);
    if (here.isPresent()) {
      return here.get();
    }
    try (Workspace workspace = cache.folder().workspace();
        InputStream content = maker.make(workspace).open()) {
      CachedBlob made = cache.put(content);
      cache.folder().replace(file, made.digest().value().getBytes(StandardCharsets.ISO_8859_1));
      return made;
    }
  }

  private Path file(String name) {
    return cache.folder().derived().resolve(Digest.of(name.getBytes(StandardCharsets.UTF_8)).hex());
  }
}
