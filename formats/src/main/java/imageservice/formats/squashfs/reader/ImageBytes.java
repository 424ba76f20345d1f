package imageservice.formats.squashfs.reader;

import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// An image's bytes, of which nothing is read from beyond its end.
///
/// @param length of the file system in the image, without what pads it
record ImageBytes(Blob image, long length) {
  byte[] bytes(String field, long offset, int count) throws IOException {
    requireRange(field, offset, count, length);
    try (InputStream in = image.open(offset, count)) {
      return in.readAllBytes();
    }
  }

  /// Bytes of which numbers are to be taken.
  ByteBuffer read(String field, long offset, int count) throws IOException {
    return ByteBuffer.wrap(bytes(field, offset, count)).order(ByteOrder.LITTLE_ENDIAN);
  }

  static void requireRange(String field, long offset, long count, long length)
      throws MalformedException {
    if (offset < 0 || count < 0 || offset > length - count) {
      throw malformed(
          field, offset, "%d bytes there are outside of %d bytes".formatted(count, length));
    }
  }

  static MalformedException malformed(String field, long offset, String reason) {
    return new MalformedException("squashfs", field, offset, reason);
  }

  static void require(boolean holds, String field, long offset, String reason)
      throws MalformedException {
    if (!holds) {
      throw malformed(field, offset, reason);
    }
  }
}
