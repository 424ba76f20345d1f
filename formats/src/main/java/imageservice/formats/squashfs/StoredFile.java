package imageservice.formats.squashfs;

import java.util.List;

/// Where a file's content is.
///
/// @param start of its first block in the file system
/// @param blocks sizes of its blocks as stored, 0 for a block of zeros, with
///   [SquashfsFormat#UNCOMPRESSED]
/// @param fragment number of the fragment that holds its end, or [SquashfsFormat#NO_FRAGMENT]
/// @param offset of its end in the fragment
record StoredFile(long size, long start, List<Integer> blocks, long fragment, int offset) {
  StoredFile {
    blocks = List.copyOf(blocks);
  }
}
