package imageservice.formats.pe;

import imageservice.formats.MalformedException;
import imageservice.formats.struct.Struct;
import imageservice.formats.struct.StructReader;

/// A row of the section table: PE Format, "Section Table". Relocations and line numbers, which
/// images have no more, are zero.
///
/// @param virtualSize bytes in memory
/// @param virtualAddress relative to the image base
/// @param sizeOfRawData bytes in the file, whole file alignments; what is more than `virtualSize`
///   is padding, what is less is zeros in memory
/// @param pointerToRawData offset in the file
public record SectionHeader(
    String name,
    long virtualSize,
    long virtualAddress,
    long sizeOfRawData,
    long pointerToRawData,
    long characteristics) {
  public static final int SIZE = 40;

  /// Characteristic of data with a value.
  public static final long INITIALIZED_DATA = 0x0000_0040L;

  /// Characteristic of what may be read.
  public static final long READABLE = 0x4000_0000L;

  static final int NAME_SIZE = 8;

  boolean isInitializedData() {
    return (characteristics & INITIALIZED_DATA) != 0;
  }

  /// Where it ends in memory.
  long virtualEnd() {
    return virtualAddress + virtualSize;
  }

  SectionHeader movedTo(long pointer) {
    return new SectionHeader(
        name, virtualSize, virtualAddress, sizeOfRawData, pointer, characteristics);
  }

  static SectionHeader read(StructReader in) throws MalformedException {
    String name = in.text("Name", NAME_SIZE);
    in.require(
        !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c <= '~'),
        "Name",
        NAME_SIZE,
        "is not printable ASCII");
    long virtualSize = in.u32("VirtualSize");
    long virtualAddress = in.u32("VirtualAddress");
    long sizeOfRawData = in.u32("SizeOfRawData");
    long pointerToRawData = in.u32("PointerToRawData");
    in.bytes("PointerToRelocations", 4);
    in.bytes("PointerToLinenumbers", 4);
    in.bytes("NumberOfRelocations", 2);
    in.bytes("NumberOfLinenumbers", 2);
    return new SectionHeader(
        name,
        virtualSize,
        virtualAddress,
        sizeOfRawData,
        pointerToRawData,
        in.u32("Characteristics"));
  }

  byte[] toBytes() {
    return Struct.littleEndian(SIZE)
        .ascii("Name", name, NAME_SIZE, '\0')
        .u32("VirtualSize", virtualSize)
        .u32("VirtualAddress", virtualAddress)
        .u32("SizeOfRawData", sizeOfRawData)
        .u32("PointerToRawData", pointerToRawData)
        .u32("PointerToRelocations", 0)
        .u32("PointerToLinenumbers", 0)
        .u16("NumberOfRelocations", 0)
        .u16("NumberOfLinenumbers", 0)
        .u32("Characteristics", characteristics)
        .toBytes();
  }
}
