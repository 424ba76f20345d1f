package imageservice.builder.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Small files of one subject that lie beside the blobs of a {@link BlobCache}. None is evicted.
public final class SideFiles {
  private final CacheFolder cache;
  private final Path folder;

  SideFiles(CacheFolder cache, Path folder) {
    this.cache = cache;
    this.folder = folder;
  }

  /// @param name a relative path, `/` between its parts
  public Optional<byte[]> read(String name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(folder.resolve(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// Writes a file whole or not at all, in the place of the one that is there.
  public void write(String name, byte[] content) throws IOException {
    cache.replace(folder.resolve(name), content);
  }
}
