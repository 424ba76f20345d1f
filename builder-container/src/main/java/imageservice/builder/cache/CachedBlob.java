package imageservice.builder.cache;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Checksummed;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A blob in a {@link BlobCache}, never evicted by this process while anybody holds it, unless it
/// is damaged. However it is read, its bytes are those of its digest, or reading throws {@link
/// DamagedBlobException} before the first that is not.
public final class CachedBlob implements Checksummed {
  private final BlobCache cache;
  private final Path file;
  private final Checksums checksums;

  CachedBlob(BlobCache cache, Path file, Checksums checksums) {
    this.cache = cache;
    this.file = file;
    this.checksums = checksums;
  }

  public Digest digest() {
    return checksums.digest();
  }

  Checksums checksums() {
    return checksums;
  }

  @Override
  public long length() {
    return checksums.length();
  }

  @Override
  public OptionalLong crc32(long offset, long length) {
    if (offset == 0 && length == length()) {
      return OptionalLong.of(checksums.crc32());
    }
    return piece(offset, length).stream().mapToLong(Checksums.Piece::crc32).findFirst();
  }

  @Override
  public OptionalLong crc64(long offset, long length) {
    if (offset == 0 && length == length()) {
      return OptionalLong.of(checksums.crc64());
    }
    return piece(offset, length).stream().mapToLong(Checksums.Piece::crc64).findFirst();
  }

  /// The piece that is exactly this range.
  private Optional<Checksums.Piece> piece(long offset, long length) {
    long end = Math.min(offset + Checksums.PIECE, length());
    return offset % Checksums.PIECE == 0 && offset + length == end && length > 0
        ? Optional.of(checksums.pieces().get(Math.toIntExact(offset / Checksums.PIECE)))
        : Optional.empty();
  }

  @Override
  public InputStream open(long offset, long count) throws IOException {
    Blob.requireRange(offset, count, length());
    FileChannel content = content();
    try {
      if (content.size() != length()) {
        throw damaged("has %d bytes, expected %d".formatted(content.size(), length()), null);
      }
      return new CheckedStream(content, checksums, offset, offset + count, this::damaged);
    } catch (IOException | RuntimeException e) {
      content.close();
      throw e;
    }
  }

  @Override
  public String toString() {
    return "CachedBlob[" + digest() + ", " + length() + " bytes]";
  }

  private FileChannel content() throws IOException {
    try {
      return FileChannel.open(file, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw damaged("its file is gone", e);
    }
  }

  private DamagedBlobException damaged(String problem, @Nullable Throwable cause)
      throws IOException {
    cache.evict(this);
    return new DamagedBlobException(digest(), problem, cause);
  }
}
