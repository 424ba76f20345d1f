package imageservice.formats.xfs;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Structures of an image, read at bare offsets: nothing of the writer is used.
final class ReadBlocks {
  static final int BLOCK = 4096;
  static final long NULL = 0xFFFF_FFFFL;

  private final Blob image;

  ReadBlocks(Blob image) {
    this.image = image;
  }

  Blob image() {
    return image;
  }

  /// Bytes in big-endian order.
  ByteBuffer at(long offset, int length) throws IOException {
    try (InputStream in = image.open(offset, length)) {
      return ByteBuffer.wrap(in.readAllBytes());
    }
  }

  /// The same, which must have its own checksum.
  ByteBuffer sealed(long offset, int length, String magic, int checksum) throws IOException {
    ByteBuffer structure = at(offset, length);
    assertThat(ascii(structure, 0, magic.length())).as("magic at %d", offset).isEqualTo(magic);
    byte[] unsealed = bytes(structure, 0, length);
    ByteBuffer.wrap(unsealed).putInt(checksum, 0);
    CRC32C crc = new CRC32C();
    crc.update(unsealed);
    assertThat(Integer.reverseBytes(structure.getInt(checksum)))
        .as("checksum of %s at %d", magic, offset)
        .isEqualTo((int) crc.getValue());
    return structure;
  }

  static long u32(ByteBuffer structure, int offset) {
    return Integer.toUnsignedLong(structure.getInt(offset));
  }

  static int u16(ByteBuffer structure, int offset) {
    return Short.toUnsignedInt(structure.getShort(offset));
  }

  static int u8(ByteBuffer structure, int offset) {
    return Byte.toUnsignedInt(structure.get(offset));
  }

  static byte[] bytes(ByteBuffer structure, int offset, int length) {
    byte[] bytes = new byte[length];
    structure.get(offset, bytes);
    return bytes;
  }

  private static String ascii(ByteBuffer structure, int offset, int length) {
    return new String(
        bytes(structure, offset, length), java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
