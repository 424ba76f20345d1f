package imageservice.formats.xfs;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// What an allocation group holds.
///
/// @param free all that nothing lies in, but the spare blocks, in the order of blocks; no two touch
/// @param inodes that are used, the first ones of their chunks
record Group(Geometry geometry, UUID uuid, int number, List<FreeRange> free, int inodes) {
  Group {
    free = List.copyOf(free);
  }

  long length() {
    return geometry.length(number);
  }

  long freeBlocks() {
    return free.stream().mapToLong(FreeRange::length).sum();
  }

  long longestFree() {
    return free.stream().mapToLong(FreeRange::length).max().orElse(0);
  }

  /// Inodes that have their place, used or not.
  int allocatedInodes() {
    return Math.ceilDiv(inodes, Geometry.CHUNK) * Geometry.CHUNK;
  }

  int freeInodes() {
    return allocatedInodes() - inodes;
  }

  /// In the order of inodes.
  List<InodeChunk> chunks() {
    return IntStream.range(0, allocatedInodes() / Geometry.CHUNK)
        .mapToObj(i -> InodeChunk.of(geometry.rootInode(), inodes, i))
        .toList();
  }

  BlockAddress block(long block) {
    return new BlockAddress(number, block);
  }
}
