package imageservice.formats.squashfs.reader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads a table of metadata field by field, from block to block; the first block when its first
/// field is read.
final class MetadataCursor {
  private final MetadataBlocks blocks;
  private long place;
  private int at;
  private MetadataBlocks.@Nullable Block block;

  MetadataCursor(MetadataBlocks blocks, long place, int offset) {
    this.blocks = blocks;
    this.place = place;
    this.at = offset;
  }

  /// Another cursor at the same position.
  MetadataCursor copy() {
    return new MetadataCursor(blocks, place, at);
  }

  /// Place of the block the cursor is in, for naming faults.
  long place() {
    return place;
  }

  int u16() throws IOException {
    return (int) number(2);
  }

  long u32() throws IOException {
    return number(4);
  }

  long u64() throws IOException {
    return number(8);
  }

  /// Bytes of a count the caller has checked.
  byte[] bytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    for (int done = 0; done < count; ) {
      byte[] content = content();
      int part = Math.min(count - done, content.length - at);
      System.arraycopy(content, at, bytes, done, part);
      at += part;
      done += part;
    }
    return bytes;
  }

  String text(String field, int count) throws IOException {
    long start = place;
    byte[] bytes = bytes(count);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw ImageBytes.malformed(field, start, "is not UTF-8");
    }
  }

  void skip(int count) throws IOException {
    for (int rest = count; rest > 0; ) {
      int part = Math.min(rest, content().length - at);
      at += part;
      rest -= part;
    }
  }

  private long number(int size) throws IOException {
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (content()[at++] & 0xFFL) << (8 * i);
    }
    return value;
  }

  /// The content of a block that has a byte at `at`.
  private byte[] content() throws IOException {
    MetadataBlocks.Block current = block == null ? first() : block;
    if (at == current.content().length) {
      place = current.next();
      current = blocks.at(place);
      at = 0;
    }
    block = current;
    return current.content();
  }

  private MetadataBlocks.Block first() throws IOException {
    MetadataBlocks.Block first = blocks.at(place);
    ImageBytes.require(at <= first.content().length, "metadata", place, "has no byte " + at);
    return first;
  }
}
