package imageservice.formats.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Content with an exact length that can be read at any range, any number of times, by several
/// readers at once.
public interface Blob {
  /// Exact length in bytes, known without reading.
  long length();

  /// Opens the bytes `[offset, offset + length)`. The caller closes the stream, which ends after
  /// exactly `length` bytes or throws; it never ends early.
  ///
  /// @throws IllegalArgumentException where the range is not within the blob
  InputStream open(long offset, long length) throws IOException;

  /// Opens all of the content.
  default InputStream open() throws IOException {
    return open(0, length());
  }

  /// Pours all of the content into `out`, which stays open.
  default void writeTo(OutputStream out) throws IOException {
    try (InputStream in = open()) {
      in.transferTo(out);
    }
  }

  /// All of the content, for small blobs only.
  ///
  /// @throws IllegalArgumentException where it is longer than `limit` bytes
  default byte[] bytes(int limit) throws IOException {
    if (length() > limit) {
      throw new IllegalArgumentException("blob of " + length() + " bytes, wanted at most " + limit);
    }
    try (InputStream in = open()) {
      return in.readAllBytes();
    }
  }

  static Blob of(byte[] content) {
    return new Memory(content);
  }

  static Blob of(String text) {
    return new Memory(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The bytes `[offset, offset + length)` of another blob as a blob of their own.
  static Blob slice(Blob blob, long offset, long length) {
    return Extents.of(new Extent.Slice(blob, offset, length));
  }

  static Blob concatenation(Blob... blobs) {
    Extents.Builder all = Extents.builder();
    for (Blob blob : blobs) {
      all.add(blob);
    }
    return all.build();
  }

  /// Refuses a range that is not within `length` bytes.
  static void requireRange(long offset, long count, long length) {
    if (offset < 0 || count < 0 || offset > length - count) {
      throw new IllegalArgumentException(
          "bytes [%d, %d + %d) of a blob of %d bytes".formatted(offset, offset, count, length));
    }
  }

  /// Content held in memory; keeps a copy of what it was given.
  final class Memory implements Blob {
    private final byte[] content;

    private Memory(byte[] content) {
      this.content = content.clone();
    }

    @Override
    public long length() {
      return content.length;
    }

    @Override
    public InputStream open(long offset, long length) {
      requireRange(offset, length, content.length);
      return new java.io.ByteArrayInputStream(content, (int) offset, (int) length);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Memory memory && java.util.Arrays.equals(content, memory.content);
    }

    @Override
    public int hashCode() {
      return java.util.Arrays.hashCode(content);
    }
  }
}
