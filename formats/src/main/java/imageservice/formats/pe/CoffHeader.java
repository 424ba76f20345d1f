package imageservice.formats.pe;

import imageservice.formats.MalformedException;
import imageservice.formats.struct.Struct;
import imageservice.formats.struct.StructReader;

/// COFF file header of an image without symbols: PE Format, "COFF File Header".
///
/// @param timeDateStamp seconds since 1970
public record CoffHeader(
    int machine,
    int numberOfSections,
    long timeDateStamp,
    int sizeOfOptionalHeader,
    int characteristics) {
  public static final int SIZE = 20;

  /// As many as Windows loads; UEFI has no limit.
  public static final int MAX_SECTIONS = 96;

  static CoffHeader read(StructReader in) throws MalformedException {
    int machine = in.u16("Machine");
    int sections = in.u16("NumberOfSections");
    in.require(sections >= 1 && sections <= MAX_SECTIONS, "NumberOfSections", 2, "is " + sections);
    long time = in.u32("TimeDateStamp");
    long symbols = in.u32("PointerToSymbolTable");
    in.require(symbols == 0, "PointerToSymbolTable", 4, "there are COFF symbols");
    long symbolCount = in.u32("NumberOfSymbols");
    in.require(symbolCount == 0, "NumberOfSymbols", 4, "there are COFF symbols");
    int optional = in.u16("SizeOfOptionalHeader");
    return new CoffHeader(machine, sections, time, optional, in.u16("Characteristics"));
  }

  CoffHeader with(int sections, long epochSeconds) {
    return new CoffHeader(machine, sections, epochSeconds, sizeOfOptionalHeader, characteristics);
  }

  byte[] toBytes() {
    return Struct.littleEndian(SIZE)
        .u16("Machine", machine)
        .u16("NumberOfSections", numberOfSections)
        .u32("TimeDateStamp", timeDateStamp)
        .u32("PointerToSymbolTable", 0)
        .u32("NumberOfSymbols", 0)
        .u16("SizeOfOptionalHeader", sizeOfOptionalHeader)
        .u16("Characteristics", characteristics)
        .toBytes();
  }
}
