package imageservice.builder.cache;

import imageservice.formats.compress.Crc64;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// Computes the {@link Checksums} of content while it passes.
final class Checksumming {
  /// Where content goes that passes.
  interface Target {
    void write(byte[] buffer, int from, int count) throws IOException;
  }

  /// Bytes.
  private static final int BUFFER = 128 << 10;

  private final MessageDigest hash = Digest.hash();
  private final CRC32 whole32 = new CRC32();
  private final CRC32 piece32 = new CRC32();
  private final Crc64 piece64 = new Crc64();
  private final CRC32C block = new CRC32C();
  private final List<Checksums.Piece> pieces = new ArrayList<>();
  private final IntStream.Builder blocks = IntStream.builder();
  private long whole64;
  private long length;

  /// Passes all that a stream has left on to `target`.
  static Checksums of(InputStream in, Target target) throws IOException {
    Checksumming checksumming = new Checksumming();
    byte[] buffer = new byte[BUFFER];
    for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
      checksumming.update(buffer, 0, got);
      target.write(buffer, 0, got);
    }
    return checksumming.finish();
  }

  void update(byte[] buffer, int from, int count) {
    hash.update(buffer, from, count);
    whole32.update(buffer, from, count);
    for (int at = from; at < from + count; ) {
      int part = Math.min(from + count - at, BlockChecks.BLOCK - filled(BlockChecks.BLOCK));
      piece32.update(buffer, at, part);
      piece64.update(buffer, at, part);
      block.update(buffer, at, part);
      at += part;
      length += part;
      endWhatIsFull();
    }
  }

  /// Ends the content.
  Checksums finish() {
    if (filled(BlockChecks.BLOCK) > 0) {
      endBlock();
    }
    if (filled(Checksums.PIECE) > 0) {
      endPiece(filled(Checksums.PIECE));
    }
    return new Checksums(
        Digest.ofHash(hash.digest()),
        length,
        whole32.getValue(),
        whole64,
        pieces,
        new BlockChecks(blocks.build().toArray()));
  }

  /// Bytes in the last run of `size` bytes, 0 where it is full.
  private int filled(int size) {
    return (int) (length % size);
  }

  private void endWhatIsFull() {
    if (filled(BlockChecks.BLOCK) == 0) {
      endBlock();
    }
    if (filled(Checksums.PIECE) == 0) {
      endPiece(Checksums.PIECE);
    }
  }

  private void endBlock() {
    blocks.add((int) block.getValue());
    block.reset();
  }

  private void endPiece(int size) {
    pieces.add(new Checksums.Piece(piece32.getValue(), piece64.value()));
    whole64 = Crc64.combine(whole64, piece64.value(), size);
    piece32.reset();
    piece64.reset();
  }
}
