package imageservice.formats.pe;

import imageservice.formats.MalformedException;
import imageservice.formats.struct.Struct;
import imageservice.formats.struct.StructReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Optional header of a PE32+ image: PE Format, "Optional Header". Sizes and addresses are in
/// bytes; addresses are relative to the image base.
public record OptionalHeader(
    int majorLinkerVersion,
    int minorLinkerVersion,
    long sizeOfCode,
    long sizeOfInitializedData,
    long sizeOfUninitializedData,
    long addressOfEntryPoint,
    long baseOfCode,
    long imageBase,
    long sectionAlignment,
    long fileAlignment,
    int majorOperatingSystemVersion,
    int minorOperatingSystemVersion,
    int majorImageVersion,
    int minorImageVersion,
    int majorSubsystemVersion,
    int minorSubsystemVersion,
    long win32VersionValue,
    long sizeOfImage,
    long sizeOfHeaders,
    long checkSum,
    int subsystem,
    int dllCharacteristics,
    long sizeOfStackReserve,
    long sizeOfStackCommit,
    long sizeOfHeapReserve,
    long sizeOfHeapCommit,
    long loaderFlags,
    List<DataDirectory> dataDirectories) {
  /// Where a table lies; the certificate table in the file, all others in memory.
  public record DataDirectory(long virtualAddress, long size) {}

  static final int PE32_PLUS = 0x20B;

  /// Without data directories.
  static final int FIXED_SIZE = 112;

  static final int MAX_DIRECTORIES = 16;

  static final int DIRECTORY_SIZE = 8;

  /// Offset of the field CheckSum.
  static final int CHECK_SUM = 64;

  private static final int CERTIFICATE_TABLE = 4;
  private static final long LARGEST_FILE_ALIGNMENT = 64 << 10;
  private static final long LARGEST_SECTION_ALIGNMENT = 2 << 20;

  public OptionalHeader {
    dataDirectories = List.copyOf(dataDirectories);
  }

  /// Bytes of a header with so many data directories.
  static int size(int directories) {
    return FIXED_SIZE + DIRECTORY_SIZE * directories;
  }

  boolean isSigned() {
    return certificateTable().filter(table -> table.size() != 0).isPresent();
  }

  /// Where the certificate table lies; empty where the header has no room to say so.
  Optional<DataDirectory> certificateTable() {
    return dataDirectories.size() > CERTIFICATE_TABLE
        ? Optional.of(dataDirectories.get(CERTIFICATE_TABLE))
        : Optional.empty();
  }

  /// Offset of the certificate table's entry.
  static int certificateTableAt() {
    return size(CERTIFICATE_TABLE);
  }

  static OptionalHeader read(StructReader in) throws MalformedException {
    int magic = in.u16("Magic");
    in.require(magic == PE32_PLUS, "Magic", 2, "0x%x is not PE32+".formatted(magic));
    return new OptionalHeader(
        in.u8("MajorLinkerVersion"),
        in.u8("MinorLinkerVersion"),
        in.u32("SizeOfCode"),
        in.u32("SizeOfInitializedData"),
        in.u32("SizeOfUninitializedData"),
        in.u32("AddressOfEntryPoint"),
        in.u32("BaseOfCode"),
        in.u64("ImageBase"),
        powerOfTwo(in, "SectionAlignment", LARGEST_SECTION_ALIGNMENT),
        powerOfTwo(in, "FileAlignment", LARGEST_FILE_ALIGNMENT),
        in.u16("MajorOperatingSystemVersion"),
        in.u16("MinorOperatingSystemVersion"),
        in.u16("MajorImageVersion"),
        in.u16("MinorImageVersion"),
        in.u16("MajorSubsystemVersion"),
        in.u16("MinorSubsystemVersion"),
        in.u32("Win32VersionValue"),
        in.u32("SizeOfImage"),
        in.u32("SizeOfHeaders"),
        in.u32("CheckSum"),
        in.u16("Subsystem"),
        in.u16("DllCharacteristics"),
        in.u64("SizeOfStackReserve"),
        in.u64("SizeOfStackCommit"),
        in.u64("SizeOfHeapReserve"),
        in.u64("SizeOfHeapCommit"),
        in.u32("LoaderFlags"),
        directories(in));
  }

  byte[] toBytes() {
    Struct header =
        Struct.littleEndian(size(dataDirectories.size()))
            .u16("Magic", PE32_PLUS)
            .u8("MajorLinkerVersion", majorLinkerVersion)
            .u8("MinorLinkerVersion", minorLinkerVersion)
            .u32("SizeOfCode", sizeOfCode)
            .u32("SizeOfInitializedData", sizeOfInitializedData)
            .u32("SizeOfUninitializedData", sizeOfUninitializedData)
            .u32("AddressOfEntryPoint", addressOfEntryPoint)
            .u32("BaseOfCode", baseOfCode)
            .u64("ImageBase", imageBase)
            .u32("SectionAlignment", sectionAlignment)
            .u32("FileAlignment", fileAlignment)
            .u16("MajorOperatingSystemVersion", majorOperatingSystemVersion)
            .u16("MinorOperatingSystemVersion", minorOperatingSystemVersion)
            .u16("MajorImageVersion", majorImageVersion)
            .u16("MinorImageVersion", minorImageVersion)
            .u16("MajorSubsystemVersion", majorSubsystemVersion)
            .u16("MinorSubsystemVersion", minorSubsystemVersion)
            .u32("Win32VersionValue", win32VersionValue)
            .u32("SizeOfImage", sizeOfImage)
            .u32("SizeOfHeaders", sizeOfHeaders)
            .u32("CheckSum", checkSum)
            .u16("Subsystem", subsystem)
            .u16("DllCharacteristics", dllCharacteristics)
            .u64("SizeOfStackReserve", sizeOfStackReserve)
            .u64("SizeOfStackCommit", sizeOfStackCommit)
            .u64("SizeOfHeapReserve", sizeOfHeapReserve)
            .u64("SizeOfHeapCommit", sizeOfHeapCommit)
            .u32("LoaderFlags", loaderFlags)
            .u32("NumberOfRvaAndSizes", dataDirectories.size());
    for (int i = 0; i < dataDirectories.size(); i++) {
      header.u32("VirtualAddress " + i, dataDirectories.get(i).virtualAddress());
      header.u32("Size " + i, dataDirectories.get(i).size());
    }
    return header.toBytes();
  }

  /// The header of an image of other sections, without checksum and linker version.
  OptionalHeader with(long code, long initializedData, long image, long headers) {
    return new OptionalHeader(
        0,
        0,
        code,
        initializedData,
        sizeOfUninitializedData,
        addressOfEntryPoint,
        baseOfCode,
        imageBase,
        sectionAlignment,
        fileAlignment,
        majorOperatingSystemVersion,
        minorOperatingSystemVersion,
        majorImageVersion,
        minorImageVersion,
        majorSubsystemVersion,
        minorSubsystemVersion,
        win32VersionValue,
        image,
        headers,
        0,
        subsystem,
        dllCharacteristics,
        sizeOfStackReserve,
        sizeOfStackCommit,
        sizeOfHeapReserve,
        sizeOfHeapCommit,
        loaderFlags,
        dataDirectories);
  }

  private static long powerOfTwo(StructReader in, String name, long largest)
      throws MalformedException {
    long value = in.u32(name);
    in.require(
        Long.bitCount(value) == 1 && value <= largest,
        name,
        4,
        value + " is no power of two up to " + largest);
    return value;
  }

  private static List<DataDirectory> directories(StructReader in) throws MalformedException {
    long count = in.u32("NumberOfRvaAndSizes");
    in.require(count <= MAX_DIRECTORIES, "NumberOfRvaAndSizes", 4, "is " + count);
    List<DataDirectory> directories = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      directories.add(new DataDirectory(in.u32("VirtualAddress"), in.u32("Size")));
    }
    return directories;
  }
}
