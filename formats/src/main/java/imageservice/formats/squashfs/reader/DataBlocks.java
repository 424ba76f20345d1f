package imageservice.formats.squashfs.reader;

import static imageservice.formats.squashfs.reader.ImageBytes.require;

import imageservice.formats.squashfs.SquashfsFormat;
import java.io.IOException;
import java.util.Optional;

/// Blocks of files' content. The last few stay decoded, so that the small files in one fragment, or
/// several looks into one file, cost one decoding.
final class DataBlocks {
  private record BlockPlace(long place, long listed) {}

  private static final int KEPT = 4;
  private static final int SIZE_BITS = SquashfsFormat.UNCOMPRESSED - 1;

  private final ImageBytes image;
  private final BlockDecoder decoder;
  private final int blockSize;
  private final LookupTable fragments;
  private final Recent<BlockPlace, byte[]> recent = new Recent<>(KEPT);

  DataBlocks(ImageBytes image, BlockDecoder decoder, int blockSize, LookupTable fragments) {
    this.image = image;
    this.decoder = decoder;
    this.blockSize = blockSize;
    this.fragments = fragments;
  }

  int blockSize() {
    return blockSize;
  }

  /// Bytes a block takes in the image.
  ///
  /// @param listed its size as the list of blocks gives it
  static int storedSize(long listed) {
    return (int) (listed & SIZE_BITS);
  }

  /// The content of a block, never to be changed; zeros where its size is 0.
  byte[] block(long place, long listed, int size) throws IOException {
    if (storedSize(listed) == 0) {
      return new byte[size];
    }
    byte[] content = read(place, listed);
    require(
        content.length == size,
        "block",
        place,
        "has %d bytes of content, not %d".formatted(content.length, size));
    return content;
  }

  /// The content of a fragment, never to be changed.
  byte[] fragment(long number) throws IOException {
    MetadataCursor entry = fragments.entry(number);
    return read(entry.u64(), entry.u32());
  }

  private byte[] read(long place, long listed) throws IOException {
    BlockPlace stored = new BlockPlace(place, listed);
    Optional<byte[]> kept = recent.find(stored);
    if (kept.isPresent()) {
      return kept.get();
    }
    byte[] content = decode(place, listed);
    recent.put(stored, content);
    return content;
  }

  private byte[] decode(long place, long listed) throws IOException {
    int stored = storedSize(listed);
    require(
        stored <= blockSize && listed >>> 25 == 0,
        "block",
        place,
        "has the size 0x" + Long.toHexString(listed));
    byte[] bytes = image.bytes("block", place, stored);
    return (listed & SquashfsFormat.UNCOMPRESSED) != 0
        ? bytes
        : decoder.decode(bytes, place, blockSize);
  }
}
