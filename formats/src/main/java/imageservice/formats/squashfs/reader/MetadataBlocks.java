package imageservice.formats.squashfs.reader;

import static imageservice.formats.squashfs.reader.ImageBytes.require;

import imageservice.formats.squashfs.SquashfsFormat;
import java.io.IOException;
import java.util.Optional;

/// Metadata blocks by their place in the image; the last few stay decoded, so that neighbours in a
/// table cost one decoding.
final class MetadataBlocks {
  static final class Block {
    private final byte[] content;
    private final long next;

    Block(byte[] content, long next) {
      this.content = content;
      this.next = next;
    }

    /// Not to be changed.
    byte[] content() {
      return content;
    }

    /// Place of the block behind it.
    long next() {
      return next;
    }
  }

  private static final int KEPT = 64;

  private final ImageBytes image;
  private final BlockDecoder decoder;
  private final Recent<Long, Block> recent = new Recent<>(KEPT);

  MetadataBlocks(ImageBytes image, BlockDecoder decoder) {
    this.image = image;
    this.decoder = decoder;
  }

  Block at(long place) throws IOException {
    Optional<Block> kept = recent.find(place);
    if (kept.isPresent()) {
      return kept.get();
    }
    Block block = decode(place);
    recent.put(place, block);
    return block;
  }

  /// A cursor at a position in a table, as inodes give it: a block's place in the table, times
  /// 2^16, plus the offset in its content.
  MetadataCursor cursor(String table, long start, long position) throws IOException {
    long block = position >>> 16;
    int offset = (int) (position & 0xFFFF);
    require(
        block < image.length() && offset < SquashfsFormat.METADATA_BLOCK,
        table,
        start,
        "no position: " + position);
    return new MetadataCursor(this, start + block, offset);
  }

  private Block decode(long place) throws IOException {
    int header = Short.toUnsignedInt(image.read("metadata block", place, 2).getShort());
    int size = header & ~SquashfsFormat.METADATA_UNCOMPRESSED;
    require(
        size > 0 && size <= SquashfsFormat.METADATA_BLOCK,
        "metadata block",
        place,
        "has " + size + " bytes");
    byte[] stored = image.bytes("metadata block", place + 2, size);
    byte[] content =
        (header & SquashfsFormat.METADATA_UNCOMPRESSED) != 0
            ? stored
            : decoder.decode(stored, place + 2, SquashfsFormat.METADATA_BLOCK);
    require(content.length > 0, "metadata block", place, "is empty");
    return new Block(content, place + 2 + size);
  }
}
