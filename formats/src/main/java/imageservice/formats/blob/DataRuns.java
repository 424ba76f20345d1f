package imageservice.formats.blob;

import java.util.ArrayList;
import java.util.List;

/// Where content is not zeros, in units of one size. Content by reference is not read and counts as
/// data; zeros and bytes by value are told apart.
public final class DataRuns {
  /// Units next to each other that have data.
  ///
  /// @param first number of the first unit
  /// @param count of units
  public record Run(long first, long count) {
    public long end() {
      return first + count;
    }
  }

  private final int unit;
  private final List<Run> runs = new ArrayList<>();

  private DataRuns(int unit) {
    this.unit = unit;
  }

  /// The runs of a content, in order and apart from each other; the last unit may be cut.
  ///
  /// @param unit bytes
  public static List<Run> of(Blob content, int unit) {
    DataRuns runs = new DataRuns(unit);
    long position = 0;
    for (Extent extent : Extents.builder().add(content).build().extents()) {
      switch (extent) {
        case Extent.Zero ignored -> {}
        case Extent.Slice slice -> runs.add(position, position + slice.length());
        case Extent.Bytes bytes -> runs.add(position, bytes.content());
      }
      position += extent.length();
    }
    return List.copyOf(runs.runs);
  }

  private void add(long position, byte[] bytes) {
    for (int from = 0; from < bytes.length; ) {
      int rest = (int) (unit - (position + from) % unit);
      int to = Math.min(bytes.length, from + rest);
      if (!isZero(bytes, from, to)) {
        add(position + from, position + to);
      }
      from = to;
    }
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private void add(long begin, long end) {
    long first = begin / unit;
    long last = (end - 1) / unit;
    if (!runs.isEmpty() && runs.getLast().end() >= first) {
      Run before = runs.removeLast();
      runs.add(new Run(before.first(), Math.max(before.end(), last + 1) - before.first()));
    } else {
      runs.add(new Run(first, last - first + 1));
    }
  }
}
