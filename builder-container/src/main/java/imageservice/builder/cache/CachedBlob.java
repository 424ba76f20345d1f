package imageservice.builder.cache;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Checksummed;
import imageservice.formats.blob.FileBlob;
import imageservice.formats.blob.RunStream;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32;

/// A blob in a {@link BlobCache}, never evicted by this process while anybody holds it. Reading
/// checks every piece that is read whole from its start against its CRC-32, so that a damaged file
/// is a {@link DamagedBlobException} and not a bad asset.
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

  public Checksums checksums() {
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
    try {
      FileBlob content = new FileBlob(file);
      if (content.length() != length()) {
        throw damaged("has %d bytes, expected %d".formatted(content.length(), length()));
      }
      return new Reader(content.open(offset, count), offset);
    } catch (NoSuchFileException e) {
      cache.evict(this);
      throw new DamagedBlobException(digest(), "its file is gone", e);
    }
  }

  @Override
  public String toString() {
    return "CachedBlob[" + digest() + ", " + length() + " bytes]";
  }

  private DamagedBlobException damaged(String problem) throws IOException {
    cache.evict(this);
    return new DamagedBlobException(digest(), problem, null);
  }

  private final class Reader extends RunStream {
    private final InputStream in;
    private final CRC32 crc = new CRC32();
    private long position;
    private boolean checking;

    Reader(InputStream in, long position) {
      this.in = in;
      this.position = position;
    }

    /// Never crosses from one piece into the next.
    @Override
    public int read(byte[] buffer, int from, int count) throws IOException {
      Objects.checkFromIndexSize(from, count, buffer.length);
      int within = (int) (position % Checksums.PIECE);
      if (within == 0) {
        checking = true;
        crc.reset();
      }
      int got = in.read(buffer, from, Math.min(count, Checksums.PIECE - within));
      if (got > 0) {
        crc.update(buffer, from, got);
        position += got;
        check();
      }
      return got;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = in.skip(count);
      checking &= skipped == 0;
      position += skipped;
      return skipped;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }

    private void check() throws IOException {
      boolean whole = position % Checksums.PIECE == 0 || position == length();
      int piece = (int) ((position - 1) / Checksums.PIECE);
      if (checking && whole && checksums.pieces().get(piece).crc32() != crc.getValue()) {
        throw damaged("piece %d of 16 MiB is damaged".formatted(piece));
      }
    }
  }
}
