package imageservice.formats.blob;

import java.util.Arrays;

/// A contiguous run of bytes on a medium. Lengths are in bytes and at least 1, but for {@link
/// Bytes} of nothing.
public sealed interface Extent {
  long length();

  /// A run of zero bytes.
  record Zero(long length) implements Extent {
    public Zero {
      if (length < 1) {
        throw new IllegalArgumentException("a run of " + length + " zeros");
      }
    }
  }

  /// The bytes `[offset, offset + length)` of a blob, by reference.
  record Slice(Blob blob, long offset, long length) implements Extent {
    public Slice {
      Blob.requireRange(offset, length, blob.length());
      if (length < 1) {
        throw new IllegalArgumentException("a slice of " + length + " bytes");
      }
    }
  }

  /// A few bytes by value: headers, tables, padding that is not zero.
  final class Bytes implements Extent {
    private final byte[] content;

    public Bytes(byte[] content) {
      this.content = content.clone();
    }

    @Override
    public long length() {
      return content.length;
    }

    public byte[] content() {
      return content.clone();
    }

    void copyTo(int from, byte[] target, int at, int count) {
      System.arraycopy(content, from, target, at, count);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
      return "Bytes[" + content.length + "]";
    }
  }
}
