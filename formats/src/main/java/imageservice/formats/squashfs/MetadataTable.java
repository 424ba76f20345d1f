package imageservice.formats.squashfs;

import imageservice.formats.struct.Struct;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A stream cut into metadata blocks of 8 KiB, each compressed behind its size.
final class MetadataTable {
  private final SquashfsCompression compression;
  private final ByteArrayOutputStream blocks = new ByteArrayOutputStream();
  private final ByteArrayOutputStream current = new ByteArrayOutputStream();
  private final List<Integer> starts = new ArrayList<>();

  MetadataTable(SquashfsCompression compression) {
    this.compression = compression;
  }

  /// Where the next byte goes, as inodes refer to each other: the start of its block in the table,
  /// times 2^16, plus its offset in the block's content.
  long position() {
    return (long) blocks.size() << 16 | current.size();
  }

  /// Appends bytes and returns their position.
  long append(byte[] bytes) {
    long position = position();
    for (int from = 0; from < bytes.length; ) {
      int count = Math.min(bytes.length - from, SquashfsFormat.METADATA_BLOCK - current.size());
      current.write(bytes, from, count);
      from += count;
      if (current.size() == SquashfsFormat.METADATA_BLOCK) {
        flush();
      }
    }
    return position;
  }

  /// The table's bytes; nothing can be appended any more.
  byte[] finish() {
    if (current.size() > 0) {
      flush();
    }
    return blocks.toByteArray();
  }

  /// The finished table at a place, followed by the places of its blocks.
  byte[] finishWithIndex(long at) {
    byte[] table = finish();
    Struct index = Struct.littleEndian(table.length + 8 * starts.size()).bytes("blocks", table);
    for (int i = 0; i < starts.size(); i++) {
      index.u64("block " + i, at + starts.get(i));
    }
    return index.toBytes();
  }

  /// Bytes of the index at the end of [#finishWithIndex].
  int indexSize() {
    return 8 * starts.size();
  }

  private void flush() {
    byte[] content = current.toByteArray();
    Optional<byte[]> compressed = compression.compress(content);
    byte[] stored = compressed.orElse(content);
    starts.add(blocks.size());
    blocks.writeBytes(
        Struct.littleEndian(2 + stored.length)
            .u16(
                "size",
                stored.length | (compressed.isPresent() ? 0 : SquashfsFormat.METADATA_UNCOMPRESSED))
            .bytes("content", stored)
            .toBytes());
    current.reset();
  }
}
