package imageservice.formats.xfs;

import java.util.ArrayList;
import java.util.List;

/// The free blocks of a volume while its contents get their places. Each group is filled from its
/// start and keeps its {@link Reserve}.
final class FreeSpace {
  private final Geometry geometry;

  /// Per group, where its last free range starts.
  private final long[] next = new long[Geometry.GROUPS];

  /// @param chunks of inodes, in the first group
  FreeSpace(Geometry geometry, int chunks) {
    this.geometry = geometry;
    java.util.Arrays.fill(next, geometry.first());
    next[0] = geometry.inodes() + (long) chunks * Geometry.CHUNK_BLOCKS;
    next[Geometry.LOG_GROUP] += Geometry.LOG_BLOCKS;
  }

  /// Blocks that contents can have.
  long available() {
    long all = 0;
    for (int group = 0; group < Geometry.GROUPS; group++) {
      all += available(group);
    }
    return all;
  }

  /// Takes blocks of the first group that has them all; else of each group what it has.
  ///
  /// @throws IllegalArgumentException where there are not as many
  Mapping take(long count) {
    for (int group = 0; group < Geometry.GROUPS; group++) {
      if (count <= available(group)) {
        return new Mapping(count == 0 ? List.of() : List.of(take(group, 0, count)));
      }
    }
    return new Mapping(pieces(count));
  }

  /// What is free in a group, but for its spare blocks, in the order of blocks.
  List<FreeRange> ranges(int group) {
    List<FreeRange> ranges = new ArrayList<>();
    if (group == 0 && geometry.inodes() > geometry.first()) {
      ranges.add(new FreeRange(geometry.first(), geometry.inodes() - geometry.first()));
    }
    ranges.add(new FreeRange(next[group], geometry.length(group) - next[group]));
    return List.copyOf(ranges);
  }

  private List<FileExtent> pieces(long count) {
    if (count > available()) {
      throw new IllegalArgumentException(
          "%d blocks wanted, %d are free".formatted(count, available()));
    }
    List<FileExtent> pieces = new ArrayList<>();
    long done = 0;
    for (int group = 0; group < Geometry.GROUPS && done < count; group++) {
      long length = Math.min(available(group), count - done);
      if (length > 0) {
        pieces.add(take(group, done, length));
      }
      done += length;
    }
    return pieces;
  }

  private FileExtent take(int group, long offset, long length) {
    BlockAddress start = new BlockAddress(group, next[group]);
    next[group] += length;
    return new FileExtent(offset, start, length);
  }

  private long available(int group) {
    return Math.max(0, geometry.length(group) - next[group] - Reserve.of(geometry, group));
  }
}
