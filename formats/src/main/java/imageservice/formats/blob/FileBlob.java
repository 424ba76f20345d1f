package imageservice.formats.blob;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Content of a file that does not change. The length is fixed when the blob is made; a file that
/// got shorter since is an {@link EOFException} on reading, never a shorter content. Messages name
/// the file without its folder, as clients may read them.
public final class FileBlob implements Blob {
  private final Path file;
  private final long length;

  public FileBlob(Path file) throws IOException {
    this.file = file;
    this.length = Files.size(file);
  }

  public Path file() {
    return file;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public InputStream open(long offset, long count) throws IOException {
    Blob.requireRange(offset, count, length);
    return new Range(FileChannel.open(file, StandardOpenOption.READ), offset, count);
  }

  @Override
  public String toString() {
    return "FileBlob[" + file.getFileName() + ", " + length + " bytes]";
  }

  private final class Range extends RangeStream {
    private final FileChannel channel;

    Range(FileChannel channel, long offset, long count) {
      super(offset, offset + count);
      this.channel = channel;
    }

    @Override
    protected int readAt(long position, byte[] buffer, int from, int count) throws IOException {
      int got = channel.read(ByteBuffer.wrap(buffer, from, count), position);
      if (got < 0) {
        throw new EOFException(
            file.getFileName() + " ends at byte " + position + ", expected " + length);
      }
      return got;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
