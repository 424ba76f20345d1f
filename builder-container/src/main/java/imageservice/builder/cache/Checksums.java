package imageservice.builder.cache;

import imageservice.release.Digest;
import java.util.List;

/// What is known of a blob's content: length, SHA-256, and CRCs of the whole and of every piece of
/// {@link #PIECE} bytes, the last one shorter.
///
/// @param crc32 of the whole, as an unsigned number
/// @param crc64 of the whole, ECMA as xz uses it
public record Checksums(Digest digest, long length, long crc32, long crc64, List<Piece> pieces) {
  /// Bytes in a piece: 16 MiB.
  public static final int PIECE = 16 << 20;

  /// The CRCs of one piece.
  public record Piece(long crc32, long crc64) {}

  public Checksums {
    pieces = List.copyOf(pieces);
    if (length < 0 || Math.ceilDiv(length, PIECE) != pieces.size()) {
      throw new IllegalArgumentException(
          "%d pieces of a content of %d bytes".formatted(pieces.size(), length));
    }
  }
}
