package imageservice.builder.cache;

import imageservice.formats.compress.Crc64;
import imageservice.release.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/// Computes the {@link Checksums} of content piece by piece, while it is written.
final class Checksumming {
  private final MessageDigest hash = sha256();
  private final CRC32 whole32 = new CRC32();
  private final CRC32 piece32 = new CRC32();
  private final Crc64 piece64 = new Crc64();
  private final List<Checksums.Piece> pieces = new ArrayList<>();
  private long whole64;
  private long length;
  private int filled;

  void update(byte[] buffer, int from, int count) {
    hash.update(buffer, from, count);
    whole32.update(buffer, from, count);
    for (int at = from; at < from + count; ) {
      int part = Math.min(from + count - at, Checksums.PIECE - filled);
      piece32.update(buffer, at, part);
      piece64.update(buffer, at, part);
      filled += part;
      at += part;
      if (filled == Checksums.PIECE) {
        endPiece();
      }
    }
    length += count;
  }

  long length() {
    return length;
  }

  /// Ends the content.
  Checksums finish() {
    if (filled > 0) {
      endPiece();
    }
    return new Checksums(Digest.ofHash(hash.digest()), length, whole32.getValue(), whole64, pieces);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private void endPiece() {
    pieces.add(new Checksums.Piece(piece32.getValue(), piece64.value()));
    whole64 = Crc64.combine(whole64, piece64.value(), filled);
    piece32.reset();
    piece64.reset();
    filled = 0;
  }
}
