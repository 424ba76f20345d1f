package imageservice.formats.squashfs.reader;

import static imageservice.formats.squashfs.reader.ImageBytes.require;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.RangeStream;
import imageservice.formats.squashfs.SquashfsFormat;
import java.io.IOException;
import java.io.InputStream;

/// A file's content. The list of its blocks stays in the image: opening runs through it up to the
/// first block wanted, so that a list of any claimed length takes no memory.
final class FileContent implements Blob {
  private final DataBlocks data;
  private final long size;
  private final long start;
  private final long fragment;
  private final long fragmentOffset;
  private final MetadataCursor list;

  /// @param start of its first block in the image
  /// @param fragment number of the fragment that holds its end, or [SquashfsFormat#NO_FRAGMENT]
  /// @param list at its list of blocks; not moved
  FileContent(
      DataBlocks data,
      long size,
      long start,
      long fragment,
      long fragmentOffset,
      MetadataCursor list) {
    this.data = data;
    this.size = size;
    this.start = start;
    this.fragment = fragment;
    this.fragmentOffset = fragmentOffset;
    this.list = list.copy(); // which, unlike the one given, holds no block
  }

  @Override
  public long length() {
    return size;
  }

  @Override
  public InputStream open(long offset, long count) {
    Blob.requireRange(offset, count, size);
    return new Reader(offset, offset + count);
  }

  @Override
  public String toString() {
    return "FileContent[" + size + " bytes]";
  }

  /// How many blocks are in the list; the rest, less than a block, is in the fragment.
  private long listed() {
    return fragment == SquashfsFormat.NO_FRAGMENT
        ? Math.ceilDiv(size, data.blockSize())
        : size / data.blockSize();
  }

  private byte[] tail(int length) throws IOException {
    byte[] content = data.fragment(fragment);
    require(
        fragmentOffset <= content.length - length,
        "fragment " + fragment,
        list.place(),
        "has %d bytes, none of %d at %d".formatted(content.length, length, fragmentOffset));
    return java.util.Arrays.copyOfRange(
        content, (int) fragmentOffset, (int) fragmentOffset + length);
  }

  private final class Reader extends RangeStream {
    private final MetadataCursor sizes = list.copy();
    private long place = start;

    /// Of the blocks, how many were passed in the list.
    private long passed;

    private byte[] block = new byte[0];
    private long blockStart = -1;

    Reader(long position, long end) {
      super(position, end);
    }

    @Override
    protected int readAt(long position, byte[] buffer, int from, int count) throws IOException {
      long wanted = position / data.blockSize();
      if (blockStart != wanted * data.blockSize()) {
        load(wanted);
      }
      int within = (int) (position - blockStart);
      int got = Math.min(count, block.length - within);
      System.arraycopy(block, within, buffer, from, got);
      return got;
    }

    private void load(long index) throws IOException {
      long from = index * data.blockSize();
      int length = (int) Math.min(data.blockSize(), size - from);
      if (index >= listed()) {
        block = tail(length);
      } else {
        for (; passed < index; passed++) {
          place += DataBlocks.storedSize(sizes.u32());
        }
        long size = sizes.u32();
        passed++;
        block = data.block(place, size, length);
        place += DataBlocks.storedSize(size);
      }
      blockStart = from;
    }
  }
}
