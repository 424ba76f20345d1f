package imageservice.formats.xfs;

/// The part of an inode that leads to its content.
sealed interface Fork permits Mapping, ShortDirectory {
  /// Room in an inode, in bytes.
  int SIZE = 336;

  /// "di_format".
  int format();

  /// Blocks outside of the inode.
  long blocks();

  /// Extents outside of the inode.
  int extents();

  /// At most {@link #SIZE} bytes.
  byte[] toBytes(Geometry geometry);
}
