package imageservice.builder.cache;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that is being written to the cache. Closing deletes it, unless it was moved to its place.
final class Incoming implements AutoCloseable {
  private static final long TIGHT = 1 << 20;

  private final Path file;
  private final OutputStream out;
  private final CacheFolder.Disk disk;

  Incoming(Path file, OutputStream out, CacheFolder.Disk disk) {
    this.file = file;
    this.out = out;
    this.disk = disk;
  }

  Path file() {
    return file;
  }

  void write(byte[] buffer, int from, int count) throws IOException {
    try {
      out.write(buffer, from, count);
    } catch (IOException e) {
      throw named(e);
    }
  }

  /// Ends the writing, before the file is moved.
  void end() throws IOException {
    try {
      out.close();
    } catch (IOException e) {
      throw named(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (out) {
      Files.deleteIfExists(file);
    }
  }

  /// Names no file, as clients read the message; the cause does.
  private IOException named(IOException cause) throws IOException {
    long room = disk.room(file.resolveSibling(""));
    return room < TIGHT
        ? new IOException(
            "the disk of the blob cache is full: %d bytes left; make room or lower the cache's size"
                .formatted(room),
            cause)
        : new IOException("cannot write to the blob cache", cause);
  }
}
