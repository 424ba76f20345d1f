package imageservice.formats.squashfs;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.FileBlob;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A scratch in one new file, which whoever made it deletes. Blobs are readable as soon as they are
/// kept, and after closing, too.
public final class FileScratch implements Scratch, Closeable {
  private final Path file;
  private final OutputStream out;
  private long position;

  /// @throws java.nio.file.FileAlreadyExistsException where the file exists
  public FileScratch(Path file) throws IOException {
    this.file = file;
    this.out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  public Blob keep(byte[] bytes) throws IOException {
    out.write(bytes);
    Blob kept = new Kept(file, position, bytes.length);
    position += bytes.length;
    return kept;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private record Kept(Path file, long start, long length) implements Blob {
    @Override
    public InputStream open(long offset, long count) throws IOException {
      Blob.requireRange(offset, count, length);
      return new FileBlob(file).open(start + offset, count);
    }
  }
}
