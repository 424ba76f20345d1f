package imageservice.formats.fat;

import imageservice.formats.struct.Struct;

/// A short directory entry: FAT overview, "FAT Directory Structure".
///
/// @param name 11 characters
/// @param cluster the first one; 0 for no clusters, and for the root directory in ".."
record DirectoryEntry(
    String name, int attributes, int caseBits, FatDate date, long cluster, long size) {
  static final int SIZE = 32;
  static final int READ_ONLY = 0x01;
  static final int VOLUME_ID = 0x08;
  static final int DIRECTORY = 0x10;
  static final int ARCHIVE = 0x20;

  byte[] toBytes() {
    return Struct.littleEndian(SIZE)
        .ascii("DIR_Name", name, 11, ' ')
        .u8("DIR_Attr", attributes)
        .u8("DIR_NTRes", caseBits)
        .u8("DIR_CrtTimeTenth", date.hundredths())
        .u16("DIR_CrtTime", date.time())
        .u16("DIR_CrtDate", date.date())
        .u16("DIR_LstAccDate", date.date())
        .u16("DIR_FstClusHI", (int) (cluster >>> 16))
        .u16("DIR_WrtTime", date.time())
        .u16("DIR_WrtDate", date.date())
        .u16("DIR_FstClusLO", (int) cluster & 0xFFFF)
        .u32("DIR_FileSize", size)
        .toBytes();
  }
}
