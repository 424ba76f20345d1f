package imageservice.formats.iso9660;

import imageservice.formats.blob.Blob;

/// Content behind the volume's files that has no name in the tree, such as an ESP.
///
/// @param alignment of its start in bytes, a multiple of {@link LogicalBlock#SIZE}
public record AppendedRange(Blob content, long alignment) {
  public AppendedRange {
    if (alignment < LogicalBlock.SIZE || alignment % LogicalBlock.SIZE != 0) {
      throw new IllegalArgumentException("alignment " + alignment + " is not whole blocks of 2048");
    }
    if (content.length() == 0) {
      throw new IllegalArgumentException("an appended range of no bytes");
    }
  }
}
