package imageservice.builder.cache;

import imageservice.release.Digest;
import java.util.List;

/// What is known of a blob's content: length, SHA-256, CRCs of the whole and of every piece of
/// {@link #PIECE} bytes, the last one shorter, which compressed formats ask for, and the checks by
/// which damage is noticed.
///
/// @param crc32 of the whole, as an unsigned number
/// @param crc64 of the whole, ECMA as xz uses it
record Checksums(
    Digest digest, long length, long crc32, long crc64, List<Piece> pieces, BlockChecks blocks) {
  /// Bytes in a piece: 16 MiB, a whole number of blocks.
  static final int PIECE = 16 << 20;

  /// The CRCs of one piece.
  record Piece(long crc32, long crc64) {}

  Checksums {
    pieces = List.copyOf(pieces);
    if (length < 0
        || Math.ceilDiv(length, PIECE) != pieces.size()
        || Math.ceilDiv(length, BlockChecks.BLOCK) != blocks.count()) {
      throw new IllegalArgumentException(
          "%d pieces and %d blocks of a content of %d bytes"
              .formatted(pieces.size(), blocks.count(), length));
    }
  }
}
