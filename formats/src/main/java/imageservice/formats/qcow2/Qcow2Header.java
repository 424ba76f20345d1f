package imageservice.formats.qcow2;

import imageservice.formats.struct.Struct;

/// The header of a qcow2 image of version 3, without header extensions.
final class Qcow2Header {
  private static final int LENGTH = 112;

  /// The end of the header extensions: type and length.
  private static final int END = 8;

  private Qcow2Header() {}

  /// @param size of the disk in bytes
  /// @param l1Offset of the L1 table in the file
  /// @param countTable offset of the table of reference counts
  static byte[] bytes(
      long size, int l1Entries, long l1Offset, long countTable, int countTableClusters) {
    return Struct.bigEndian(LENGTH + END)
        .u32("magic", 0x5146_49FBL)
        .u32("version", 3)
        .u64("backing_file_offset", 0)
        .u32("backing_file_size", 0)
        .u32("cluster_bits", Integer.numberOfTrailingZeros(Qcow2Image.CLUSTER))
        .u64("size", size)
        .u32("crypt_method", 0)
        .u32("l1_size", l1Entries)
        .u64("l1_table_offset", l1Offset)
        .u64("refcount_table_offset", countTable)
        .u32("refcount_table_clusters", countTableClusters)
        .u32("nb_snapshots", 0)
        .u64("snapshots_offset", 0)
        .u64("incompatible_features", 0)
        .u64("compatible_features", 0)
        .u64("autoclear_features", 0)
        .u32("refcount_order", 4) // of 16 bits
        .u32("header_length", LENGTH)
        .u8("compression_type", 0)
        .zeros("padding", 7)
        .u32("header extension type", 0)
        .u32("length of header extension", 0)
        .toBytes();
  }
}
