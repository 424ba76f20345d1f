package imageservice.builder.cache;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Small files of one subject that lie beside the blobs of a {@link BlobCache}. None is evicted;
/// one that is damaged counts as missing.
public final class SideFiles {
  private final CacheFolder cache;
  private final Path folder;

  SideFiles(CacheFolder cache, Path folder) {
    this.cache = cache;
    this.folder = folder;
  }

  /// @param name a relative path, `/` between its parts
  public Optional<byte[]> read(String name) throws IOException {
    return cache.read(folder.resolve(name));
  }

  /// Writes a file whole or not at all, in the place of the one that is there.
  public void write(String name, byte[] content) throws IOException {
    cache.write(folder.resolve(name), content);
  }
}
