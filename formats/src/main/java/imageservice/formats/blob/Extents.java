package imageservice.formats.blob;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Extents laid end to end: a medium whose bytes exist only while they are read. Opening any range
/// costs a binary search.
public final class Extents implements Blob {
  private final List<Extent> extents;
  private final long[] starts;
  private final long length;

  private Extents(List<Extent> extents) {
    this.extents = List.copyOf(extents);
    this.starts = new long[extents.size()];
    long position = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = position;
      position = Math.addExact(position, extents.get(i).length());
    }
    this.length = position;
  }

  public static Extents of(Extent... extents) {
    return of(Arrays.asList(extents));
  }

  public static Extents of(List<Extent> extents) {
    return extents.stream().reduce(builder(), Builder::add, (a, b) -> a).build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /// In order; no two neighbours are both zeros, and none is empty.
  public List<Extent> extents() {
    return extents;
  }

  @Override
  public long length() {
    return length;
  }

  /// The extents that make up `[offset, offset + count)`, cut at both ends.
  public List<Extent> range(long offset, long count) {
    Blob.requireRange(offset, count, length);
    List<Extent> cut = new ArrayList<>();
    long position = offset;
    long end = offset + count;
    for (int i = position < end ? indexAt(position) : starts.length; position < end; i++) {
      long within = position - starts[i];
      long taken = Math.min(extents.get(i).length() - within, end - position);
      cut.add(cut(extents.get(i), within, taken));
      position += taken;
    }
    return List.copyOf(cut);
  }

  @Override
  public InputStream open(long offset, long count) {
    Blob.requireRange(offset, count, length);
    return new Reader(offset, count);
  }

  @Override
  public String toString() {
    return "Extents[" + extents.size() + " extents, " + length + " bytes]";
  }

  private int indexAt(long position) {
    int found = Arrays.binarySearch(starts, position);
    return found >= 0 ? found : -found - 2;
  }

  private static Extent cut(Extent extent, long offset, long length) {
    return switch (extent) {
      case Extent.Zero ignored -> new Extent.Zero(length);
      case Extent.Slice slice -> new Extent.Slice(slice.blob(), slice.offset() + offset, length);
      case Extent.Bytes bytes -> {
        byte[] part = new byte[(int) length];
        bytes.copyTo((int) offset, part, 0, part.length);
        yield new Extent.Bytes(part);
      }
    };
  }

  /// Collects extents in order. Empty ones are dropped, neighbouring zeros are joined, and blobs
  /// that are extents themselves are taken apart, so that zeros stay visible through any number of
  /// layers.
  public static final class Builder {
    private final List<Extent> extents = new ArrayList<>();
    private long length;

    private Builder() {}

    /// Bytes so far.
    public long position() {
      return length;
    }

    public Builder add(Extent extent) {
      if (extent instanceof Extent.Slice slice && slice.blob() instanceof Extents inner) {
        inner.range(slice.offset(), slice.length()).forEach(this::append);
      } else {
        append(extent);
      }
      return this;
    }

    public Builder add(byte[] bytes) {
      return add(new Extent.Bytes(bytes));
    }

    public Builder add(Blob blob) {
      return blob.length() == 0 ? this : add(new Extent.Slice(blob, 0, blob.length()));
    }

    public Builder zeros(long count) {
      return count == 0 ? this : add(new Extent.Zero(count));
    }

    /// Zeros up to `position`, refusing to go back.
    public Builder zerosTo(long position) {
      if (position < length) {
        throw new IllegalStateException("position " + length + " is already past " + position);
      }
      return zeros(position - length);
    }

    public Builder alignTo(long alignment) {
      return zeros(Math.floorMod(-length, alignment));
    }

    public Extents build() {
      return new Extents(extents);
    }

    private void append(Extent extent) {
      if (extent.length() == 0) {
        return;
      }
      length = Math.addExact(length, extent.length());
      if (extent instanceof Extent.Zero zero
          && !extents.isEmpty()
          && extents.getLast() instanceof Extent.Zero before) {
        extents.set(extents.size() - 1, new Extent.Zero(before.length() + zero.length()));
      } else {
        extents.add(extent);
      }
    }
  }

  /// Opens a slice's blob only when the reader gets there, and at most one at a time.
  private final class Reader extends RangeStream {
    private InputStream slice = InputStream.nullInputStream();
    private int open = -1;
    private boolean closed;

    /// Where the open slice goes on.
    private long next;

    Reader(long offset, long count) {
      super(offset, offset + count);
    }

    @Override
    protected int readAt(long position, byte[] buffer, int from, int count) throws IOException {
      if (closed) {
        throw new IOException("the stream is closed");
      }
      int index = open >= 0 && within(open, position) ? open : indexAt(position);
      long offset = position - starts[index];
      Extent extent = extents.get(index);
      int wanted = (int) Math.min(count, extent.length() - offset);
      return switch (extent) {
        case Extent.Zero ignored -> zeros(buffer, from, wanted);
        case Extent.Bytes bytes -> copy(bytes, (int) offset, buffer, from, wanted);
        case Extent.Slice part -> {
          if (open != index || next != position) {
            openSlice(index, part, position);
          }
          yield read(part, buffer, from, wanted);
        }
      };
    }

    @Override
    public void close() throws IOException {
      closed = true;
      closeSlice();
    }

    private boolean within(int index, long position) {
      return position >= starts[index] && position < starts[index] + extents.get(index).length();
    }

    private static int zeros(byte[] buffer, int from, int count) {
      Arrays.fill(buffer, from, from + count, (byte) 0);
      return count;
    }

    private static int copy(Extent.Bytes bytes, int offset, byte[] buffer, int from, int count) {
      bytes.copyTo(offset, buffer, from, count);
      return count;
    }

    private void openSlice(int index, Extent.Slice part, long position) throws IOException {
      closeSlice();
      long offset = position - starts[index];
      long rest = Math.min(part.length() - offset, end() - position);
      slice = part.blob().open(part.offset() + offset, rest);
      open = index;
      next = position;
    }

    private int read(Extent.Slice part, byte[] buffer, int from, int count) throws IOException {
      int got = slice.read(buffer, from, count);
      if (got < 0) {
        throw new IOException("blob ended " + (end() - next) + " bytes early: " + part.blob());
      }
      next += got;
      return got;
    }

    private void closeSlice() throws IOException {
      open = -1;
      InputStream done = slice;
      slice = InputStream.nullInputStream();
      done.close();
    }
  }
}
