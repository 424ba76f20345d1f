package imageservice.formats.iso9660;

import imageservice.formats.struct.Struct;

/// Volume descriptors: ECMA-119 8, and the boot record of El Torito 1.0, figure 7.
final class VolumeDescriptors {
  private VolumeDescriptors() {}

  /// ECMA-119 8.4.
  ///
  /// @param root block and length of the root directory
  /// @param pathTable block of the type L path table; the type M one lies right behind it
  static byte[] primary(
      IsoVolume volume,
      long volumeBlocks,
      LogicalBlock pathTable,
      long pathTableLength,
      LogicalBlock root,
      long rootLength) {
    byte[] date = IsoDate.digits(volume.epochSeconds());
    return header(1)
        .u8("Unused Field 8", 0)
        .ascii("System Identifier", "", 32, ' ')
        .ascii("Volume Identifier", volume.volumeId(), 32, ' ')
        .zeros("Unused Field 73", 8)
        .bytes("Volume Space Size", BothEndian.u32(volumeBlocks))
        .zeros("Unused Field 89", 32)
        .bytes("Volume Set Size", BothEndian.u16(1))
        .bytes("Volume Sequence Number", BothEndian.u16(1))
        .bytes("Logical Block Size", BothEndian.u16(LogicalBlock.SIZE))
        .bytes("Path Table Size", BothEndian.u32(pathTableLength))
        .u32("Location of Occurrence of Type L Path Table", pathTable.number())
        .u32("Location of Optional Occurrence of Type L Path Table", 0)
        .u32(
            "Location of Occurrence of Type M Path Table",
            bigEndian(pathTable.after(pathTableLength)))
        .u32("Location of Optional Occurrence of Type M Path Table", 0)
        .bytes("Directory Record for Root Directory", rootRecord(root, rootLength, volume))
        .ascii("Volume Set Identifier", volume.volumeSetId(), 128, ' ')
        .ascii("Publisher Identifier", volume.publisherId(), 128, ' ')
        .ascii("Data Preparer Identifier", volume.preparerId(), 128, ' ')
        .ascii("Application Identifier", volume.applicationId(), 128, ' ')
        .ascii("Copyright File Identifier", "", 37, ' ')
        .ascii("Abstract File Identifier", "", 37, ' ')
        .ascii("Bibliographic File Identifier", "", 37, ' ')
        .bytes("Volume Creation Date and Time", date)
        .bytes("Volume Modification Date and Time", date)
        .bytes("Volume Expiration Date and Time", IsoDate.unspecified())
        .bytes("Volume Effective Date and Time", IsoDate.unspecified())
        .u8("File Structure Version", 1)
        .u8("Reserved", 0)
        .zeros("Application Use", 512)
        .zeros("Reserved for Future Standardization", 653)
        .toBytes();
  }

  static byte[] bootRecord(LogicalBlock catalog) {
    return header(0)
        .ascii("Boot System Identifier", "EL TORITO SPECIFICATION", 32, '\0')
        .zeros("Boot Identifier", 32)
        .u32("Absolute pointer to first sector of Boot Catalog", catalog.number())
        .zeros("Unused", 2048 - 75)
        .toBytes();
  }

  /// ECMA-119 8.3.
  static byte[] terminator() {
    return header(255).zeros("Reserved for Future Standardization", 2048 - 7).toBytes();
  }

  private static Struct header(int type) {
    return Struct.littleEndian(LogicalBlock.SIZE)
        .u8("Volume Descriptor Type", type)
        .ascii("Standard Identifier", "CD001")
        .u8("Volume Descriptor Version", 1);
  }

  private static byte[] rootRecord(LogicalBlock root, long length, IsoVolume volume) {
    return Struct.littleEndian(34)
        .u8("Length of Directory Record", 34)
        .u8("Extended Attribute Record Length", 0)
        .bytes("Location of Extent", BothEndian.u32(root.number()))
        .bytes("Data Length", BothEndian.u32(length))
        .bytes("Recording Date and Time", IsoDate.recorded(volume.epochSeconds()))
        .u8("File Flags", 1 << 1)
        .u8("File Unit Size", 0)
        .u8("Interleave Gap Size", 0)
        .bytes("Volume Sequence Number", BothEndian.u16(1))
        .u8("Length of File Identifier", 1)
        .u8("File Identifier", 0)
        .toBytes();
  }

  private static long bigEndian(LogicalBlock block) {
    return Integer.reverseBytes((int) block.number()) & 0xFFFF_FFFFL;
  }
}
