package imageservice.formats.blob;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Extents laid end to end: a medium whose bytes exist only while they are read. Opening any range
/// costs a binary search.
public final class Extents implements Blob {
  private final List<Extent> extents;
  private final long[] starts;
  private final long length;
  private final Regions regions;

  private Extents(List<Extent> extents, Regions regions) {
    this.extents = List.copyOf(extents);
    this.regions = regions;
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

  /// What lies somewhere, by a name that its writer gave.
  ///
  /// @param offset of the byte in it
  public record Place(String name, long offset) {}

  /// What a byte belongs to, the outermost first: a partition, a file in it, a section of that.
  /// Empty where no writer has given names.
  public List<Place> places(long position) {
    List<Place> path = new ArrayList<>();
    regions.find(position, path);
    return path;
  }

  Regions regions() {
    return regions;
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
    private final Regions regions = new Regions();
    private long length;

    private Builder() {}

    /// Bytes so far.
    public long position() {
      return length;
    }

    public Builder add(Extent extent) {
      return add("", extent);
    }

    private Builder add(String name, Extent extent) {
      if (extent instanceof Extent.Slice slice) {
        regions.add(length, name, slice);
      }
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

    /// Adds content that people know by a name, such as a file's path.
    public Builder add(String name, Blob blob) {
      return blob.length() == 0 ? this : add(name, new Extent.Slice(blob, 0, blob.length()));
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
      return new Extents(extents, regions);
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

  /// Opens a blob only when the reader gets to a slice of it, and at most one at a time. Slices
  /// that go on where the one before ended, with other extents between them, are read from one
  /// stream: what frames content in pieces has thousands of them.
  private final class Reader extends RangeStream {
    private InputStream stream = InputStream.nullInputStream();
    private @Nullable Blob open;
    private boolean closed;
    private int extent;

    /// Where in the open blob the stream goes on, and where it ends.
    private long next;

    private long last;

    Reader(long offset, long count) {
      super(offset, offset + count);
    }

    @Override
    protected int readAt(long position, byte[] buffer, int from, int count) throws IOException {
      if (closed) {
        throw new IOException("the stream is closed");
      }
      if (!within(extent, position)) {
        extent = indexAt(position);
      }
      long offset = position - starts[extent];
      int wanted = (int) Math.min(count, extents.get(extent).length() - offset);
      return switch (extents.get(extent)) {
        case Extent.Zero ignored -> zeros(buffer, from, wanted);
        case Extent.Bytes bytes -> copy(bytes, (int) offset, buffer, from, wanted);
        case Extent.Slice slice -> {
          if (!slice.blob().equals(open) || next != slice.offset() + offset || next == last) {
            open(slice, offset);
          }
          yield read(slice, buffer, from, wanted);
        }
      };
    }

    @Override
    public void close() throws IOException {
      closed = true;
      closeStream();
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

    private void open(Extent.Slice slice, long offset) throws IOException {
      closeStream();
      next = slice.offset() + offset;
      last = endOfRun(slice);
      stream = slice.blob().open(next, last - next);
      open = slice.blob();
    }

    /// Where slices of one blob that follow each other end in it, as far as the reader will get.
    private long endOfRun(Extent.Slice first) {
      long end = first.offset();
      for (int i = extent; i < starts.length && starts[i] < end(); i++) {
        if (extents.get(i) instanceof Extent.Slice slice) {
          if (!slice.blob().equals(first.blob()) || slice.offset() != end) {
            break;
          }
          end += Math.min(slice.length(), end() - starts[i]);
        }
      }
      return end;
    }

    private int read(Extent.Slice slice, byte[] buffer, int from, int count) throws IOException {
      int got = stream.read(buffer, from, count);
      if (got < 0) {
        throw new IOException("blob ended " + (last - next) + " bytes early: " + slice.blob());
      }
      next += got;
      return got;
    }

    private void closeStream() throws IOException {
      open = null;
      InputStream done = stream;
      stream = InputStream.nullInputStream();
      done.close();
    }
  }
}
