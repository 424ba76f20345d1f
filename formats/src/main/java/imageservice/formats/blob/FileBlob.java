package imageservice.formats.blob;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// Content of a file that does not change. The length is fixed when the blob is made; a file that
/// got shorter since is an {@link EOFException} on reading, never a shorter content.
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
    return "FileBlob[" + file + ", " + length + " bytes]";
  }

  private final class Range extends RunStream {
    private final FileChannel channel;
    private final long end;
    private long position;

    Range(FileChannel channel, long offset, long count) {
      this.channel = channel;
      this.position = offset;
      this.end = offset + count;
    }

    @Override
    public int read(byte[] buffer, int from, int count) throws IOException {
      Objects.checkFromIndexSize(from, count, buffer.length);
      if (count == 0) {
        return 0;
      }
      if (position == end) {
        return -1;
      }
      int wanted = (int) Math.min(count, end - position);
      int got = channel.read(ByteBuffer.wrap(buffer, from, wanted), position);
      if (got < 0) {
        throw new EOFException(file + " ends at byte " + position + ", expected " + length);
      }
      position += got;
      return got;
    }

    @Override
    public long skip(long count) {
      long skipped = Math.clamp(count, 0, end - position);
      position += skipped;
      return skipped;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
