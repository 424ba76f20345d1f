package imageservice.formats.squashfs.reader;

import imageservice.formats.squashfs.SquashfsFormat;
import java.io.IOException;
import java.util.Optional;

/// A table of entries of one size in metadata blocks, found through the places of these blocks.
final class LookupTable {
  private static final int KEPT = 64;

  private final String name;
  private final ImageBytes image;
  private final MetadataBlocks blocks;
  private final long index;
  private final long count;
  private final int entrySize;
  private final Recent<Long, Long> places = new Recent<>(KEPT);

  /// @param index where the places of the table's blocks are
  /// @param count of entries
  LookupTable(
      String name, ImageBytes image, MetadataBlocks blocks, long index, long count, int entrySize) {
    this.name = name;
    this.image = image;
    this.blocks = blocks;
    this.index = index;
    this.count = count;
    this.entrySize = entrySize;
  }

  MetadataCursor entry(long number) throws IOException {
    ImageBytes.require(
        number < count, name, index, "has %d entries, none is %d".formatted(count, number));
    int perBlock = SquashfsFormat.METADATA_BLOCK / entrySize;
    return new MetadataCursor(
        blocks, place(number / perBlock), (int) (number % perBlock) * entrySize);
  }

  private long place(long block) throws IOException {
    Optional<Long> known = places.find(block);
    if (known.isPresent()) {
      return known.get();
    }
    long place = image.read(name, index + 8 * block, 8).getLong();
    places.put(block, place);
    return place;
  }
}
